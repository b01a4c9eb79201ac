internal import Artifacts
internal import Tensor

/// A random order of rows in which each has its own key, drawn from its id alone.
struct RowShuffle {
  private let keys: RandomStream.Children
  private let ids: SteppedList

  /// Below so many rows it is not worth starting another thread.
  private static let fewRows = 1 << 16

  init(seed: UInt64, purpose: String, ids: SteppedList) {
    keys = RandomStream(seed: seed, path: [.word(purpose)]).children
    self.ids = ids
  }

  /// The places in the order of their keys, those of equal keys in the order of their ids.
  func order(_ places: some PlaceList) -> [Int] {
    let keys = self.keys(of: places)
    // Few rows share the first bits, so that after these little is left to be sorted.
    let buckets = Buckets(keys)
    var next = buckets.starts
    var order = [Int](repeating: 0, count: places.count)
    for index in keys.indices {
      let bucket = buckets.bucket(keys[index])
      order[next[bucket]] = index
      next[bucket] += 1
    }
    var start = 0
    for end in next where end > start {
      order[start..<end].sort { comesBefore($0, $1, keys, places) }
      start = end
    }
    return order.map { places[$0] }
  }

  /// Cuts the order of the keys into parts of some sizes, and gives the part of each place: what
  /// `order(_:)` would tell, without sorting all.
  ///
  /// - Parameter counts: How many places each part gets; all of them together.
  func parts(of places: some PlaceList, counts: [Int]) -> [UInt8] {
    let keys = self.keys(of: places)
    let buckets = Buckets(keys)
    var rank = 0
    // The first place of each part but the first, in the order of keys.
    var firsts: [Int] = []
    for count in counts.dropLast() {
      rank += count
      guard rank < places.count else { break }
      firsts.append(index(ofRank: rank, keys, buckets, places))
    }
    let bounds = firsts
    return [UInt8](concurrentCount: places.count, grain: grain(of: places.count)) { index in
      var part: UInt8 = 0
      // A part without rows begins where the next does.
      for first in bounds where !comesBefore(index, first, keys, places) { part += 1 }
      return part
    }
  }

  private func index(
    ofRank rank: Int, _ keys: [UInt64], _ buckets: Buckets, _ places: some PlaceList
  ) -> Int {
    let bucket = buckets.starts.partitioningIndex { $0 > rank } - 1
    var members = keys.indices.filter { buckets.bucket(keys[$0]) == bucket }
    members.sort { comesBefore($0, $1, keys, places) }
    return members[rank - buckets.starts[bucket]]
  }

  private func comesBefore(
    _ first: Int, _ second: Int, _ keys: [UInt64], _ places: some PlaceList
  ) -> Bool {
    keys[first] != keys[second]
      ? keys[first] < keys[second] : ids[places[first]] < ids[places[second]]
  }

  private func keys(of places: some PlaceList) -> [UInt64] {
    let (keys, ids) = (keys, ids)
    return [UInt64](concurrentCount: places.count, grain: grain(of: places.count)) { index in
      keys.first(UInt64(bitPattern: ids[places[index]]))
    }
  }

  /// How many of so many rows one thread takes at once.
  private func grain(of count: Int) -> Int { DataEngine.threads > 1 ? Self.fewRows : count }
}

/// Places of rows, counted from 0: a list of them, or the first of all.
protocol PlaceList: RandomAccessCollection, Sendable where Element == Int, Index == Int {}

extension [Int]: PlaceList {}
extension Range<Int>: PlaceList {}

/// Keys by their first bits, as many as leave a few keys to each.
private struct Buckets {
  private let shift: UInt64

  /// How many keys have lesser first bits than those of each bucket.
  private(set) var starts: [Int]

  init(_ keys: [UInt64]) {
    let bits = min(16, max(0, Int.bitWidth - keys.count.leadingZeroBitCount - 3))
    shift = UInt64(64 - bits)
    starts = [Int](repeating: 0, count: 1 << bits)
    for key in keys { starts[bucket(key)] += 1 }
    var sum = 0
    for bucket in starts.indices { (starts[bucket], sum) = (sum, sum + starts[bucket]) }
  }

  func bucket(_ key: UInt64) -> Int { Int(key >> shift) }
}
