internal import Artifacts
internal import Diagnostics

/// Hashes of rows in the order in which they come: in memory while they are few, the others in a file that has
/// no name, so that they take no more memory however many there are.
struct HashList: Sendable {
  private let folder: String
  private let mostInMemory: Int
  // One list would be copied as it grows, and short ones of each block of rows would lie between the large pieces
  // of memory that blocks take, and keep these from being used again.
  private var blocks: [[UInt64]] = []
  private var inMemory = 0
  private var file: HashFile?
  private(set) var count = 0

  /// - Parameters:
  ///   - folder: Where a file may be made.
  ///   - mostInMemory: How many hashes are held before they are written; 8 bytes each.
  init(in folder: String, mostInMemory: Int = 1 << 20) {
    self.folder = folder
    self.mostInMemory = mostInMemory
  }

  mutating func append(_ hashes: [UInt64]) throws(Diagnostic) {
    hold(hashes)
    count += hashes.count
    inMemory += hashes.count
    guard inMemory > mostInMemory else { return }
    let open = if let file { file } else { try HashFile(in: folder) }
    file = open
    for block in blocks { try open.append(block) }
    blocks = []
    inMemory = 0
  }

  private static let heldTogether = 1 << 16

  private mutating func hold(_ hashes: [UInt64]) {
    if let held = blocks.last?.count, held + hashes.count <= Self.heldTogether {
      blocks[blocks.count - 1] += hashes
      return
    }
    var block: [UInt64] = []
    block.reserveCapacity(max(hashes.count, min(mostInMemory, Self.heldTogether)))
    block += hashes
    blocks.append(block)
  }

  /// Calls `body` with all of them, some at a time.
  func forEach(_ body: ([UInt64]) -> Void) throws(Diagnostic) {
    try file?.forEach(body)
    for block in blocks { body(block) }
  }
}

/// A file of hashes that is gone with its descriptor.
private final class HashFile: Sendable {
  private let file: OpenFile

  private static let bytesAtOnce = 1 << 20

  init(in folder: String) throws(Diagnostic) {
    file = try OpenFile(unnamedIn: folder)
  }

  func append(_ hashes: [UInt64]) throws(Diagnostic) {
    try file.write(unsafe hashes.withUnsafeBytes { unsafe Array($0) })
  }

  func forEach(_ body: ([UInt64]) -> Void) throws(Diagnostic) {
    var start = 0
    while true {
      let bytes = try file.read(from: start, upTo: start + Self.bytesAtOnce)
      guard !bytes.isEmpty else { return }
      body(
        unsafe bytes.withUnsafeBytes { bytes in
          stride(from: 0, to: bytes.count, by: 8).map { place in
            unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          }
        })
      start += bytes.count
    }
  }
}
