/// A place where tensors live and are computed, written `cpu`, `cuda:0` or `tpu`.
package enum Device: Hashable, Sendable {
  case cpu
  /// The NVIDIA GPU with this index among the visible ones.
  case cuda(Int)
  case tpu
}

extension Device: LosslessStringConvertible {
  package var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    case .tpu: "tpu"
    }
  }

  /// Reads `cpu`, `tpu`, `cuda` (the first GPU) or `cuda:N`; `nil` for anything else.
  package init?(_ description: String) {
    switch description {
    case "cpu": self = .cpu
    case "tpu": self = .tpu
    case "cuda": self = .cuda(0)
    default:
      let prefix = "cuda:"
      guard description.hasPrefix(prefix) else { return nil }
      let digits = description.dropFirst(prefix.count)
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(digits) else {
        return nil
      }
      self = .cuda(index)
    }
  }
}

extension Device: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let device = Device(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' names no device")
    }
    self = device
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
