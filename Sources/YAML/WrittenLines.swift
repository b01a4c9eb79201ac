/// A text by lines and characters, to look at what stands around a place where reading stopped.
struct WrittenLines {
  private let lines: [[Unicode.Scalar]]

  /// - Parameter bytes: UTF-8; lines end as they do for YAML 1.2.
  init(_ bytes: some Collection<UInt8>) {
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var lines: [[Unicode.Scalar]] = [[]]
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\r" where index + 1 < scalars.count && scalars[index + 1] == "\n": continue
      case "\n", "\r": lines.append([])
      default: lines[lines.count - 1].append(scalar)
      }
    }
    self.lines = lines
  }

  var count: Int { lines.count }

  /// The characters of a line, counted from 1; none outside of the text.
  subscript(line: Int) -> [Unicode.Scalar] {
    lines.indices.contains(line - 1) ? lines[line - 1] : []
  }

  /// The character at a place, both counted from 1.
  subscript(line: Int, column: Int) -> Unicode.Scalar? {
    let line = self[line]
    return line.indices.contains(column - 1) ? line[column - 1] : nil
  }

  /// A line without the white space at its ends.
  func trimmed(_ line: Int) -> String { Self.text(self[line]) }

  /// Characters as a text without the white space at its ends.
  static func text(_ scalars: some Collection<Unicode.Scalar>) -> String {
    var view = Substring.UnicodeScalarView(scalars)
    while view.first?.isBlank == true { view.removeFirst() }
    while view.last?.isBlank == true { view.removeLast() }
    return String(view)
  }
}

extension Unicode.Scalar {
  /// Whether it is white space to YAML, within a line.
  var isBlank: Bool { self == " " || self == "\t" }

  /// Whether it looks like white space or like nothing, and is a character to YAML.
  var isUnseen: Bool {
    guard !isASCII else { return false }
    switch value {
    case 0xAD, 0x180E, 0x200B, 0x2060...0x2064, 0xFEFF: return true
    default: return properties.generalCategory == .spaceSeparator
    }
  }

  /// What it is called, such as `no-break space (U+00A0)`.
  var title: String {
    let digits = String(value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return properties.name.map { "\($0.lowercased()) (\(code))" } ?? code
  }
}
