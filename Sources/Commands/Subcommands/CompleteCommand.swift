/// `anneal complete`: prints what may stand at the end of a command line. The scripts of
/// `anneal completions` call it.
struct CompleteCommand: Command {
  var words: [String] = []

  static let name = "complete"
  static let summary = "Prints what may stand at the end of a command line."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    arguments("WORD", \.words, "The words after the program's name; the last is being typed.")
  }

  func run(_ console: Console) throws -> ExitCode {
    for candidate in Completion(words).candidates {
      let word = candidate.word.onOneLine
      console.write(
        candidate.summary.isEmpty ? word : "\(word)\t\(candidate.summary.onOneLine)")
    }
    return .done
  }
}
