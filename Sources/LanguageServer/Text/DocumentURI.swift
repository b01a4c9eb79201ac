internal import Pipeline

/// What documents are called by the client, and the paths that this means.
enum DocumentURI {
  /// The absolute path of a file; `nil` for what is none, such as a text that was never saved.
  static func path(of uri: String) -> String? {
    guard uri.hasPrefix("file://") else { return nil }
    let rest = uri.dropFirst("file://".count).prefix { $0 != "?" && $0 != "#" }
    // A host may stand before the path; there is only one that files are on.
    guard let slash = rest.firstIndex(of: "/"), let path = decoded(rest[slash...].utf8),
      !path.utf8.contains(0)
    else { return nil }
    return PipelineFile.absolute(path)
  }

  static func uri(of path: String) -> String {
    var uri = "file://"
    for byte in path.utf8 {
      if isPlain(byte) {
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return uri
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/-._~".utf8.contains(byte)
    }
  }

  /// The text that `%41` and the like stand for; `nil` where that is none.
  private static func decoded(_ bytes: Substring.UTF8View) -> String? {
    var text: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        text.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, !digits.contains("+"), let code = UInt8(digits, radix: 16)
      else { return nil }
      text.append(code)
      rest = rest.dropFirst(2)
    }
    return String(validating: text, as: UTF8.self)
  }
}
