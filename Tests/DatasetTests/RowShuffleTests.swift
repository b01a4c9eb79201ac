import Tensor
import Testing

@testable import Dataset

@Suite struct RowShuffleTests {
  private let shuffle = RowShuffle(seed: 7, purpose: "split", ids: SteppedList(0..<200_000))

  /// The order by keys that are drawn and sorted one by one.
  private func sorted(_ places: [Int]) -> [Int] {
    let stream = RandomStream(seed: 7, path: ["split"])
    let keyed = places.map { place in
      var child = stream.child(.number(UInt64(place)))
      return (key: child.next(), place: place)
    }
    return keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.place)
  }

  @Test(arguments: [0, 1, 2, 100, 5000, 200_000])
  func `orders rows by their keys`(count: Int) {
    #expect(shuffle.order(0..<count) == sorted(Array(0..<count)))
  }

  @Test func `orders some rows as it orders all`() {
    let places = Array(stride(from: 3, to: 9000, by: 7))
    #expect(shuffle.order(places) == sorted(places))
  }

  @Test(arguments: [
    [0, 0, 0], [1, 0, 0], [0, 0, 3], [700, 0, 300], [7000, 1000, 2000], [0, 199_999, 1],
  ])
  func `cuts parts as the order has them`(counts: [Int]) {
    let total = counts.reduce(0, +)
    let parts = shuffle.parts(of: 0..<total, counts: counts)
    let expected = counts.enumerated().flatMap { [UInt8](repeating: UInt8($0), count: $1) }
    #expect(shuffle.order(0..<total).map { parts[$0] } == expected)
  }
}
