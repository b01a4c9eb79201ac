extension String {
  /// The text as it is written within a pipeline file, in quotes where it needs them.
  var written: String {
    let letters = utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "/") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    let startsPlainly = utf8.first.map { $0 | 0x20 >= UInt8(ascii: "a") && $0 < 0x80 } ?? false
    if letters && startsPlainly && !Self.meaningful.contains(lowercased()) { return self }
    return "'\(replacing("'", with: "''"))'"
  }

  /// Words that YAML takes for something else.
  private static let meaningful: Set<String> = ["null", "true", "false", "yes", "no", "on", "off"]
}
