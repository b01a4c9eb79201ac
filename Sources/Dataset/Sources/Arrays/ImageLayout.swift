internal import Options

/// Where the channels of pictures stand among the axes of an array.
enum ImageLayout: String, NamedOption {
  case channelsFirst
  case channelsLast

  var summary: String {
    switch self {
    case .channelsFirst: "Before height and width: `[N, C, H, W]`."
    case .channelsLast: "Behind height and width: `[N, H, W, C]`."
    }
  }

  /// The layout of a row's shape as the number of channels tells it, which is 1, 3 or 4 nearly always, and
  /// small otherwise; nil where that may be either.
  init?(_ shape: [Int]) {
    guard shape.count == 3 else { return nil }
    let usual: Set<Int> = [1, 3, 4]
    let (isFirst, isLast) = (usual.contains(shape[0]), usual.contains(shape[2]))
    if isFirst != isLast {
      self = isFirst ? .channelsFirst : .channelsLast
    } else if !isFirst, shape[0] < min(shape[1], shape[2]) {
      self = .channelsFirst
    } else if !isFirst, shape[2] < min(shape[0], shape[1]) {
      self = .channelsLast
    } else {
      return nil
    }
  }

  /// The shape of planes `[C, H, W]` that pictures of a row's shape have.
  func planes(_ shape: [Int]) -> [Int] {
    self == .channelsFirst ? shape : [shape[2], shape[0], shape[1]]
  }
}
