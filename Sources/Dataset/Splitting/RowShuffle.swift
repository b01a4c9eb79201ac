internal import Artifacts
internal import Tensor

/// A random order of rows in which each has its own key, drawn from its id alone.
///
/// The order itself takes 24 bytes for each row while it is made. Where only parts of it are wanted,
/// `parts(of:counts:stratum:)` and `turns(of:counts:every:stratum:)` make do with a byte or two.
struct RowShuffle: Sendable {
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

  private func comesBefore(
    _ first: Int, _ second: Int, _ keys: [UInt64], _ places: some PlaceList
  ) -> Bool {
    keys[first] != keys[second]
      ? keys[first] < keys[second] : ids[places[first]] < ids[places[second]]
  }

  private func keys(of places: some PlaceList) -> [UInt64] {
    [UInt64](concurrentCount: places.count, grain: grain(of: places.count)) { [self] index in
      key(of: places[index])
    }
  }

  /// The key of the row at a place.
  func key(of place: Int) -> UInt64 { keys.first(UInt64(bitPattern: ids[place])) }

  /// The id of the row at a place, by which rows of equal keys are put in order.
  func id(of place: Int) -> Int64 { ids[place] }

  /// How many of so many rows one thread takes at once.
  func grain(of count: Int) -> Int { DataEngine.threads > 1 ? Self.fewRows : count }
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
