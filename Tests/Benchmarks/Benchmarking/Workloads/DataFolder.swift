internal import Artifacts

/// A folder of many small files, a thousand in each folder below it.
///
/// It is made once and moved from workspace to workspace, because making it takes longer than most of
/// what is measured with it.
struct DataFolder {
  /// What a workspace calls it.
  static let name = "data"
  static let firstFile = "data/000/000.bin"
  static let fileSize = 4096

  /// Where it is now.
  private(set) var path: String

  init(files: Int, at path: String) throws {
    self.path = path
    for index in 0..<files {
      if index % 1000 == 0 {
        try Folder.create(path + "/" + Self.padded(index / 1000))
      }
      let place = "\(path)/\(Self.padded(index / 1000))/\(Self.padded(index % 1000)).bin"
      try OpenFile(creating: place).write(Self.bytes(seed: UInt64(index)))
    }
  }

  mutating func move(to workspace: Workspace) throws {
    let new = workspace.path + "/" + Self.name
    try Folder.rename(path, to: new)
    path = new
  }

  /// Gives the first file a content that it never had.
  func change(turn: Int) throws {
    let file = String(Self.firstFile.dropFirst(Self.name.count))
    try Folder.replaceFile(path + file, with: Self.bytes(seed: UInt64.max - UInt64(turn)))
  }

  /// Bytes that do not compress or repeat (SplitMix64, Steele et al. 2014).
  private static func bytes(seed: UInt64) -> [UInt8] {
    var state = seed &* 0xD1B5_4A32_D192_ED03
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fileSize)
    while bytes.count < fileSize {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(word >> shift & 0xFF)) }
    }
    return bytes
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
