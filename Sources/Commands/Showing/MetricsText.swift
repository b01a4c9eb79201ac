internal import Glibc
internal import YAML

/// Metrics as lines of a path and a number.
enum MetricsText {
  /// The numbers, truths and short texts of a value, in order of their paths. Lists are left out.
  static func lines(_ value: Value) -> [(String, String)] {
    leaves(value, path: "")
  }

  private static func leaves(_ value: Value, path: String) -> [(String, String)] {
    switch value {
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { key, member in
        leaves(member, path: path.isEmpty ? key : "\(path).\(key)")
      }
    case .int, .bool: [(path, value.canonicalJSON)]
    case .double(let number): [(path, text(number))]
    case .string(let text) where text.count <= 60: [(path, text)]
    case .string, .array, .null: []
    }
  }

  /// A number with four digits after the point where it is not large, and four that matter where it is
  /// very small.
  static func text(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e9 else { return "\(number)" }
    if number == number.rounded() { return "\(Int(number))" }
    if abs(number) < 0.001 {
      let scale = pow(10, 3 - log10(abs(number)).rounded(.down))
      return scale.isFinite ? "\((number * scale).rounded() / scale)" : "\(number)"
    }
    let scale = abs(number) >= 100 ? 10.0 : 10_000.0
    return "\((number * scale).rounded() / scale)"
  }
}
