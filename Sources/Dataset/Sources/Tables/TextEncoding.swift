internal import Options

/// How the characters of a table are stored as bytes.
enum TextEncoding: String, NamedOption {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"

  var summary: String {
    switch self {
    case .utf8: "UTF-8; a file that starts with the mark of UTF-16 is read as that."
    case .utf16: "UTF-16, in the order of its byte order mark, little-endian without one."
    case .latin1: "ISO 8859-1, a byte for each character."
    case .windows1252: "Windows' code page for western Europe."
    }
  }

  /// What to write for files that are not UTF-8.
  static let remedy =
    "write how it is stored: `encoding: windows-1252` or `encoding: latin-1` for western Europe"

  /// The characters of the bytes 0x80 to 0x9f in Windows-1252; the five that it leaves open stay as they are.
  static let windowsCharacters: [UInt16] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
  ]
}
