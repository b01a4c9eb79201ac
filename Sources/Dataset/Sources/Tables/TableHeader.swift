internal import Diagnostics
internal import Options

/// The names of a table's columns, the same in each of its files.
struct TableHeader: Hashable, Sendable {
  let names: [String]

  /// Where they stand.
  let place: SourceRange
  private let places: [String: Int]

  /// Takes the first row as the names.
  init(_ record: Record, at place: SourceRange) throws(Diagnostic) {
    if let problem = record.problem { throw Diagnostic("\(problem) in the header", at: place) }
    var names: [String] = []
    for index in 0..<record.count {
      guard let text = record.text(index) else {
        throw Diagnostic(
          "the header is not UTF-8", at: place, remedy: TextEncoding.remedy)
      }
      let name = text.trimmingBlanks
      names.append(name.isEmpty ? "column_\(index + 1)" : name)
    }
    try self.init(names, at: place)
  }

  /// Names columns by their number, where the file does not.
  init(columns: Int, at place: SourceRange) throws(Diagnostic) {
    try self.init((1...max(1, columns)).map { "column_\($0)" }, at: place)
  }

  /// Takes names that a file of types has.
  init(columns names: [String], at place: SourceRange) throws(Diagnostic) {
    try self.init(
      names.enumerated().map { $1.isEmpty ? "column_\($0 + 1)" : $1 }, at: place)
  }

  init(_ names: [String], at place: SourceRange) throws(Diagnostic) {
    self.names = names
    self.place = place
    var places: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if let first = places.updateValue(index, forKey: name) {
        throw Diagnostic(
          "columns \(first + 1) and \(index + 1) are both named '\(name)'", at: place,
          remedy: "give each column a name of its own")
      }
    }
    self.places = places
  }

  /// The header of a file without one, with the names of other files' columns where it has as many, or as
  /// many without one of them.
  ///
  /// - Parameter left: the column that it may lack.
  func named(_ names: [String], butFor left: String?) throws(Diagnostic) -> TableHeader {
    let rest = names.filter { $0 != left }
    switch self.names.count {
    case names.count: return try TableHeader(names, at: place)
    case rest.count: return try TableHeader(rest, at: place)
    default: return self
    }
  }

  /// The place of a column that a setting names.
  ///
  /// - Parameter notes: What else may help where there is none.
  func index(
    of name: String, for setting: String, _ notes: @autoclosure () -> [Note] = []
  ) throws(Diagnostic) -> Int {
    if let index = places[name] { return index }
    var problem = Diagnostic("there is no column '\(name)' for '\(setting)'", at: place)
    problem.notes += notes()
    if let near = nearestName(to: name, in: names) {
      problem.notes.append(.didYouMean(near))
    }
    throw problem.adding(remedy: "columns are \(summary)")
  }

  /// The places of the columns that a pattern of a setting picks: the one of that very name, where there is
  /// one, else all that it matches.
  func indices(of pattern: Pattern, for setting: String) throws(Diagnostic) -> [Int] {
    if let index = places[pattern.text] { return [index] }
    let found = names.indices.filter { pattern.matches(names[$0]) }
    if found.isEmpty { _ = try index(of: pattern.text, for: setting) }
    return found
  }

  /// The same of a text that may be a name or a pattern.
  func indices(ofText text: String, for setting: String) throws(Diagnostic) -> [Int] {
    guard let pattern = Pattern(text) else { return [try index(of: text, for: setting)] }
    return try indices(of: pattern, for: setting)
  }

  /// A problem with the columns as such.
  func problem(_ fact: String, remedy: String) -> Diagnostic {
    Diagnostic(fact, at: place, remedy: remedy)
  }

  /// The first names, for messages.
  var summary: String {
    names.prefix(12).joined(separator: ", ")
      + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }
}

extension String {
  /// The text without the spaces and tabs around it.
  var trimmingBlanks: String {
    String(decoding: Cell.trimmed(Array(utf8)[...]), as: UTF8.self)
  }
}
