/// Breaks text between words.
enum TextWrapping {
  /// - Parameter hanging: where the text begins and its further lines are indented to.
  static func wrap(_ text: String, width: Int, hanging: Int = 0) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, hanging + line.count + 1 + word.count > max(width, hanging + 20) {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(line)
    return lines.joined(separator: "\n" + String(repeating: " ", count: hanging))
  }
}
