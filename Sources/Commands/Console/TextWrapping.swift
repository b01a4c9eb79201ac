internal import Diagnostics

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

  /// The lines of a text none of which is wider than `width`; words that are wider are broken.
  static func lines(_ text: String, width: Int) -> [String] {
    guard text.terminalWidth > width else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.terminalWidth + 1 + word.terminalWidth > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
      while line.terminalWidth > width {
        let head = beginning(of: line, width: width)
        lines.append(head)
        line.removeFirst(head.count)
      }
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  /// What has room of a text, at least one character.
  static func beginning(of text: some StringProtocol, width: Int) -> String {
    var taken = 0
    let head = text.prefix { character in
      taken += character.terminalWidth
      return taken <= width
    }
    return head.isEmpty ? String(text.prefix(1)) : String(head)
  }

  /// A text that has room, its end left out where it is longer.
  static func shortened(_ text: String, to width: Int) -> String {
    guard text.terminalWidth > width else { return text }
    return width < 2 ? "" : beginning(of: text, width: width - 1) + "…"
  }

  /// A name that has room, its middle left out where it is longer: what instances differ in stands at
  /// the end.
  static func shortenedInside(_ name: String, to width: Int) -> String {
    guard name.terminalWidth > width, width >= 3 else { return shortened(name, to: width) }
    let head = beginning(of: name, width: (width - 1) / 2)
    let tail = beginning(of: String(name.reversed()), width: width - 1 - head.terminalWidth)
    return head + "…" + String(tail.reversed())
  }
}
