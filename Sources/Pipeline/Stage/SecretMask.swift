package import Diagnostics
package import YAML

/// Puts `***` in the place of secrets in what a stage says.
///
/// A secret of several lines is masked line by line, but for its shortest lines, which stand in any text.
package struct SecretMask: Sendable {
  /// The texts to be masked, longer ones first, as one may begin with another.
  private let secrets: [[UInt8]]

  /// Whether a secret begins with a byte.
  private let begins: [Bool]

  private static let mask = Array("***".utf8)

  /// So many characters of a line of a secret tell something about it.
  private static let shortestLine = 4

  /// - Parameters:
  ///   - names: of environment variables.
  ///   - environment: where their values stand.
  package init(_ names: [String] = [], in environment: [String: String] = [:]) {
    var texts: Set<[UInt8]> = []
    for value in names.compactMap({ environment[$0] }) {
      let lines = value.split(whereSeparator: \.isNewline)
      let isShort = lines.count == 1
      for line in lines where isShort || line.count >= Self.shortestLine {
        texts.insert(Array(line.utf8))
      }
    }
    secrets = texts.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
    var begins = [Bool](repeating: false, count: 256)
    for secret in secrets { begins[Int(secret[0])] = true }
    self.begins = begins
  }

  package var isEmpty: Bool { secrets.isEmpty }

  package func masked(_ text: String) -> String {
    isEmpty ? text : String(decoding: masked(Array(text.utf8)[...]).bytes, as: UTF8.self)
  }

  /// Masks whole lines, or the beginning of what is to be continued.
  ///
  /// - Returns: the masked bytes, and those at the end that may begin a secret and belong before what
  ///   follows.
  package func masked(
    _ bytes: ArraySlice<UInt8>, isContinued: Bool = false
  ) -> (bytes: [UInt8], rest: [UInt8]) {
    guard !isEmpty else { return (Array(bytes), []) }
    var masked: [UInt8] = []
    masked.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard begins[Int(bytes[index])] else {
        masked.append(bytes[index])
        index += 1
        continue
      }
      let rest = bytes[index...]
      if isContinued, secrets.contains(where: { $0.count > rest.count && $0.starts(with: rest) }) {
        return (masked, Array(rest))
      }
      if let secret = secrets.first(where: { rest.starts(with: $0) }) {
        masked += Self.mask
        index += secret.count
      } else {
        masked.append(bytes[index])
        index += 1
      }
    }
    return (masked, [])
  }

  package func masked(_ value: Value) -> Value {
    guard !isEmpty else { return value }
    return switch value {
    case .string(let text): .string(masked(text))
    case .array(let elements): .array(elements.map { masked($0) })
    case .object(let members):
      .object(
        Dictionary(members.map { (masked($0.key), masked($0.value)) }) { first, _ in first })
    case .null, .bool, .int, .double: value
    }
  }

  package func masked(_ diagnostic: Diagnostic) -> Diagnostic {
    guard !isEmpty else { return diagnostic }
    var masked = diagnostic
    masked.message = self.masked(diagnostic.message)
    for index in masked.notes.indices {
      masked.notes[index].message = self.masked(masked.notes[index].message)
    }
    return masked
  }
}
