internal import Artifacts
internal import Diagnostics
internal import YAML

/// One row of a query's result, read by column name.
///
/// A column that is missing or of another type means that something else than this program wrote
/// the file, and is reported as such.
struct SQLRow: Sendable {
  let file: String
  let columns: [String: SQLValue]

  func text(_ name: String) throws(Diagnostic) -> String {
    guard case .text(let text) = columns[name] else { throw unexpected(name) }
    return text
  }

  func integer(_ name: String) throws(Diagnostic) -> Int {
    guard case .integer(let number) = columns[name] else { throw unexpected(name) }
    return number
  }

  func real(_ name: String) throws(Diagnostic) -> Double {
    guard let number = try optionalReal(name) else { throw unexpected(name) }
    return number
  }

  func optionalReal(_ name: String) throws(Diagnostic) -> Double? {
    switch columns[name] {
    case .null: nil
    case .real(let number): number
    case .integer(let number): Double(number)
    case .text, nil: throw unexpected(name)
    }
  }

  func digest(_ name: String) throws(Diagnostic) -> Digest {
    guard let digest = Digest(hex: try text(name)) else { throw unexpected(name) }
    return digest
  }

  func json(_ name: String) throws(Diagnostic) -> Value {
    do { return try Value(parsingJSON: try text(name)) } catch { throw unexpected(name) }
  }

  /// A value that was kept as JSON.
  func decoded<Result: Decodable>(_ name: String, as type: Result.Type) throws(Diagnostic) -> Result
  {
    do { return try json(name).decoded(as: type, from: name) } catch { throw unexpected(name) }
  }

  private func unexpected(_ name: String) -> Diagnostic {
    Diagnostic(
      "the run records '\(file)' have an unexpected '\(name)'",
      remedy: "move the file away: stages then run anew and are recorded afresh")
  }
}
