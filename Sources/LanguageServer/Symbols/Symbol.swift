internal import Diagnostics

/// Something that a pipeline names in one place and refers to in others.
enum Symbol: Hashable, Sendable {
  case stage(String)
  case variable(String)

  /// A name of a matrix, as the stage that mentions it knows it.
  case matrixValue(String, stage: String)
  case environment(String)

  /// An included file, by its absolute path.
  case file(String)
}

/// A place where a symbol is named.
struct Occurrence: Hashable, Sendable {
  /// How the name is spelt there.
  enum Spelling: Hashable, Sendable {
    case plain
    /// As the end of the environment variable that a command reads an input by.
    case inputVariable
  }

  let symbol: Symbol

  /// The name alone, without quotes or what surrounds it.
  let range: SourceRange

  /// What a cursor may be on to mean the symbol, such as a whole reference.
  let extent: SourceRange
  let isDefinition: Bool
  let spelling: Spelling

  init(
    _ symbol: Symbol, at range: SourceRange, within extent: SourceRange? = nil,
    isDefinition: Bool = false, spelling: Spelling = .plain
  ) {
    self.symbol = symbol
    self.range = range
    self.extent = extent ?? range
    self.isDefinition = isDefinition
    self.spelling = spelling
  }
}
