/// One thing that may follow a command: its spelling, its place in the command, and a sentence.
struct Parameter<Root> {
  /// Without dashes for flags and options, in capitals for arguments.
  let name: String
  let short: Character?
  let form: ParameterForm
  let summary: String

  /// What may be given where that is a fixed set, for checks and completions.
  let choices: [String]

  /// Sets the value in the command.
  let set: (inout Root, String) throws(UsageError) -> Void

  /// The same for a value that holds the command.
  func lifted<Outer>(to path: WritableKeyPath<Outer, Root>) -> Parameter<Outer> {
    Parameter<Outer>(name: name, short: short, form: form, summary: summary, choices: choices) {
      outer, text throws(UsageError) in try self.set(&outer[keyPath: path], text)
    }
  }
}

/// How a parameter is written.
enum ParameterForm {
  /// A word by its position; several words where it repeats.
  case argument(repeats: Bool, isRequired: Bool)
  /// `--name`.
  case flag
  /// `--name VALUE`; given several times where it repeats.
  case option(placeholder: String, repeats: Bool)
}

/// Lists the parameters of a command, one statement each; a list may stand for several.
@resultBuilder
enum ParametersBuilder<Root> {
  static func buildExpression(_ parameter: Parameter<Root>) -> [Parameter<Root>] { [parameter] }
  static func buildExpression(_ parameters: [Parameter<Root>]) -> [Parameter<Root>] { parameters }
  static func buildBlock(_ parameters: [Parameter<Root>]...) -> [Parameter<Root>] {
    parameters.flatMap { $0 }
  }
}
