import Diagnostics
import FoundationEssentials

extension Value {
  /// The plain data of any encodable value, such as a job that goes to a worker.
  package init(encoding encodable: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    self = try Value(parsingJSON: encoder.encode(encodable))
  }

  /// Makes a value of another type from this plain data.
  /// - Parameter origin: The name that a `Diagnostic` gives the data, such as a file's.
  package func decoded<Result: Decodable>(
    as type: Result.Type, from origin: String = "<data>"
  ) throws -> Result {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return try decoder.decode(type, from: Data(canonicalJSON.utf8))
    } catch let error as DecodingError {
      throw Self.explain(error, in: origin)
    }
  }

  private static func explain(_ error: DecodingError, in origin: String) -> Diagnostic {
    switch error {
    case .keyNotFound(let key, let context):
      Diagnostic("'\(origin)' lacks '\(path(context.codingPath + [key]))'")
    case .valueNotFound(_, let context):
      Diagnostic("'\(path(context.codingPath))' in '\(origin)' has no value")
    case .typeMismatch(_, let context), .dataCorrupted(let context):
      Diagnostic("'\(path(context.codingPath))' in '\(origin)' is not of the expected form")
    @unknown default:
      Diagnostic("'\(origin)' is not of the expected form")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { key in key.intValue.map { String($0) } ?? key.stringValue }.joined(separator: ".")
  }
}
