package import Diagnostics

extension SafeTensors {
  /// Writes tensors and texts to a file; equal content gives equal bytes.
  ///
  /// Wide element types come first, then names in order, and the header is padded to 8 bytes, so
  /// that every tensor is aligned to its elements.
  package static func write(
    _ tensors: [String: Tensor], metadata: [String: String] = [:], to path: String
  ) throws(Diagnostic) {
    let ordered = tensors.sorted { ($1.value.type.size, $0.key) < ($0.value.type.size, $1.key) }
    let file = try OutputFile(path: path)
    try file.write(header(ordered.map { ($0.key, $0.value) }, metadata))
    for (_, tensor) in ordered { try file.write(tensor.bytes()) }
  }

  private static func header(
    _ tensors: [(name: String, tensor: Tensor)], _ metadata: [String: String]
  ) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var place = 0
    for (name, tensor) in tensors {
      let end = place + tensor.count * tensor.type.size
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(name)):{\"dtype\":\"\(tensor.type.safeTensorsName)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(place),\(end)]}")
      place = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    let length = UInt64(text.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + text
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
