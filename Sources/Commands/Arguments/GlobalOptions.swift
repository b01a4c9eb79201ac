internal import Glibc

/// The options that every command takes, after its name or before it.
struct GlobalOptions: Equatable {
  var directory: String?
  var isQuiet = false
  var isVerbose = false

  @ParametersBuilder<Self> static var parameters: [Parameter<Self>] {
    option("directory", short: "C", \.directory, "DIR", "Work in this folder.")
    flag("quiet", short: "q", \.isQuiet, "Say nothing but problems and results.")
    flag("verbose", short: "v", \.isVerbose, "Say more; 'run' shows the log of every stage.")
  }

  /// Whether the word after this one is its value.
  static func takesValue(_ word: String) -> Bool {
    let options = parameters.filter { if case .option = $0.form { true } else { false } }
    guard !word.hasPrefix("--") else { return options.contains { word == "--\($0.name)" } }
    // Of letters together, the first that takes a value takes what follows it.
    let letters = word.dropFirst()
    let first = letters.firstIndex { letter in options.contains { $0.short == letter } }
    return first.map { letters.index(after: $0) == letters.endIndex } ?? false
  }

  /// Goes to the folder that is named, and says how much the console is to say.
  func apply(to console: inout Console) throws(UsageError) {
    if isQuiet, isVerbose {
      throw UsageError(
        "'--quiet' and '--verbose' contradict each other", remedy: "give one of them")
    }
    if isQuiet { console.verbosity = .quiet }
    if isVerbose { console.verbosity = .verbose }
    if let directory, unsafe chdir(directory) != 0 {
      throw UsageError(
        "'\(directory)' is not a folder that can be entered", remedy: "name one that is there")
    }
  }
}
