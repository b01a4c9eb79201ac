package import Tensor

/// What happens to one image, in order. Maps that follow each other are one.
package struct ImageChanges {
  package let height: Int
  package let width: Int
  private var steps: [ImageChange] = []
  private var map = ImageMap.identity

  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  package mutating func append(_ map: ImageMap) { self.map = self.map.then(map) }

  package mutating func append(_ change: ImageChange) {
    endMap()
    steps.append(change)
  }

  /// The steps, none of which is a map that changes nothing.
  package consuming func finish() -> [ImageChange] {
    endMap()
    return steps
  }

  private mutating func endMap() {
    guard map != .identity else { return }
    steps.append(
      .map(xx: map.xx, xy: map.xy, x0: map.x0, yx: map.yx, yy: map.yy, y0: map.y0))
    map = .identity
  }
}
