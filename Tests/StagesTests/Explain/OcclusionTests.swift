import Learning
import Network
import Tensor
import Testing

@testable import Stages

@Suite struct `Occlusion of pictures` {
  @Test func `covers every place with patches`() {
    for (height, width) in [(8, 8), (5, 9), (1, 4), (3, 3)] {
      var covered = [Bool](repeating: false, count: height * width)
      for patch in Heat.patches(height, width) {
        for y in patch.y { for x in patch.x { covered[y * width + x] = true } }
      }
      #expect(covered.allSatisfy { $0 })
    }
  }

  @Test func `gives each place the mean of its patches`() {
    let patches = [(y: 0..<1, x: 0..<2), (y: 0..<1, x: 1..<3)]
    #expect(Heat.map([2, 4], of: patches, 1, 3) == [2, 3, 4])
  }

  /// The first answer adds up the upper right corner, the second one takes the whole lower edge away.
  @Test func `finds the patch that decides`() throws {
    let (height, width) = (8, 12)
    func isCorner(_ place: Int) -> Bool { place / width < 2 && place % width >= width - 2 }
    func isEdge(_ place: Int) -> Bool { place / width == height - 1 }
    let places = 0..<height * width
    var builder = NetworkBuilder(inputs: [
      NetworkInput(name: "image", kind: .image, shape: [1, height, width])
    ])
    let flat = try builder.add("flat", Flatten(), to: "image")
    let out = try builder.add("out", Linear(outputs: 2, hasBias: false), to: flat)
    let weights: [Float] = places.map { isCorner($0) ? 1 : 0 } + places.map { isEdge($0) ? -1 : 0 }
    let network = WeightedNetwork(
      try builder.network(returning: out),
      ["out.weight": try Tensor(weights, shape: [2, places.count])])
    var stream = RandomStream(seed: 4)
    let pixels = (0..<2 * places.count).map { _ in Float(1 + stream.normal(deviation: 0.1)) }
    let maps = try Heat.maps(
      byHiding: "image", height, width, behind: Tensor.zeros([1, 1, height, width]),
      Attribution(of: network), ["image": Tensor(pixels, shape: [2, 1, height, width])], [0, 1])
    try #require(maps.count == 2)
    let largest = places.sorted { maps[0][$0] > maps[0][$1] }.prefix(4)
    #expect(Set(largest) == Set(places.filter(isCorner)))
    // Where no patch reaches the corner, hiding changes nothing.
    #expect(
      places.allSatisfy { $0 / width < 3 && $0 % width >= width - 3 || maps[0][$0] == 0 })
    let least = places.sorted { maps[1][$0] < maps[1][$1] }.prefix(width)
    #expect(Set(least) == Set(places.filter(isEdge)))
  }
}
