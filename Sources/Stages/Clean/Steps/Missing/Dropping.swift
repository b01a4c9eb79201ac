internal import Options

extension Clean {
  /// What becomes of rows that are found.
  package enum Dropping: String, NamedOption {
    case drop

    package var summary: String { "Drop the rows." }
  }
}
