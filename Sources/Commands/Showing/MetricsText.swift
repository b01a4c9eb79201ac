internal import Glibc
internal import YAML

/// Metrics as lines of a path and a number.
enum MetricsText {
  /// The numbers, truths and short texts of a value, in order of their paths, and lists of such that
  /// fit a line; other lists are left out.
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
    case .string(let text) where text.count <= longest: [(path, text)]
    case .array(let items): list(items).map { [(path, $0)] } ?? []
    case .string, .null: []
    }
  }

  private static let longest = 60

  /// Such as `[onnx, openvino]`, or `nil` where it is long or has lists or objects in it.
  private static func list(_ items: [Value]) -> String? {
    guard !items.isEmpty, items.count <= longest else { return nil }
    var texts: [String] = []
    for item in items {
      switch item {
      case .int, .bool, .null: texts.append(item.canonicalJSON)
      case .double(let number): texts.append(text(number))
      case .string(let text): texts.append(text)
      case .array, .object: return nil
      }
    }
    let line = "[\(texts.joined(separator: ", "))]"
    return line.count <= longest ? line : nil
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
