internal import Options

/// The channels of loaded pictures.
package enum ImageColor: String, NamedOption {
  case rgb
  case grey

  package var channels: Int { self == .grey ? 1 : 3 }

  package var summary: String {
    switch self {
    case .rgb: "Three channels: red, green and blue."
    case .grey: "One channel of brightness (BT.601)."
    }
  }
}
