internal import Diagnostics
internal import YAML

extension Denoising {
  var value: Value {
    switch self {
    case .median(let size): ["method": "median", "size": .int(size)]
    case .mean(let size): ["method": "mean", "size": .int(size)]
    case .gaussian(let size, let sigma):
      ["method": "gaussian", "size": .int(size), "sigma": .double(sigma)]
    case .bilateral(let size, let strength, let spread):
      [
        "method": "bilateral", "size": .int(size), "strength": .double(strength),
        "spread": .double(spread),
      ]
    case .nonLocalMeans(let size, let search, let strength):
      [
        "method": "non-local-means", "size": .int(size), "search": .int(search),
        "strength": .double(strength),
      ]
    }
  }

  init(_ reader: MemberReader) throws(Diagnostic) {
    let size = try reader.integer("size", in: 1...99)
    switch try reader.string("method") {
    case "median": self = .median(size: size)
    case "mean": self = .mean(size: size)
    case "gaussian": self = .gaussian(size: size, sigma: try reader.number("sigma"))
    case "bilateral":
      self = .bilateral(
        size: size, strength: try reader.number("strength"), spread: try reader.number("spread"))
    case "non-local-means":
      self = .nonLocalMeans(
        size: size, search: try reader.integer("search", in: 1...99),
        strength: try reader.number("strength"))
    case let method: throw reader.problem("method", "is '\(method)', which is no filter")
    }
  }
}
