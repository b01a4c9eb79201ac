internal import Options

/// What becomes of the samples of loaded pictures.
package enum ImageDepth: String, NamedOption {
  case bits8 = "8-bit"
  case bits16 = "16-bit"

  package var summary: String {
    switch self {
    case .bits8: "Bytes; 16 bits become 8: (v * 255 + 32767) / 65535, rounded down."
    case .bits16: "Real numbers from 0 to 65535; 8 bits become 16: v * 257."
    }
  }
}
