internal import Artifacts
internal import Diagnostics
internal import Network
internal import Options
internal import YAML

/// Finds out of folders of sounds or of texts how long these are, and whether the folders are splits.
struct FolderProposal {
  private(set) var result = SourceProposal()

  /// Longer sounds are cut, or a minute of each would be much to learn from.
  private static let longest = 10.0

  init(sounds patterns: [PathPattern], in search: FileSearch) throws(Diagnostic) {
    let listing = try result.take(.sounds, patterns, search)
    result.kinds = [.audio]
    let looks = listing.items.prefix(Self.mostLooks).map(\.file).concurrentMap(grain: 16) { file in
      Result { () throws(Diagnostic) in
        do throws(Diagnostic) { return try AudioCodec.probe(.file(file.path)) } catch {
          throw PictureSource.file(file).naming(error)
        }
      }
    }
    var rates: [Int: Int] = [:]
    var longest = 0.0
    for look in looks {
      let info = try look.get()
      rates[info.rate, default: 0] += 1
      longest = max(longest, info.seconds)
    }
    let usual = AudioSettings().rate
    if let rate = rates.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key, rate < usual {
      result.set("rate", .int(rate))
      result.remarks.append("leaves most sounds at their \(rate) samples a second")
    }
    if longest > Self.longest {
      result.set("seconds", .double(Self.longest))
      result.remarks.append(
        "takes the first \(Int(Self.longest)) seconds of each sound, the longest of which has "
          + "\(Int(longest)); 'seconds' is another length")
    }
  }

  /// So many texts and sounds tell how long they all are.
  private static let mostLooks = 500

  init(texts patterns: [PathPattern], in search: FileSearch) throws(Diagnostic) {
    let listing = try result.take(.texts, patterns, search)
    result.kinds = [.text]
    var lengths: [Int] = []
    for item in listing.items.prefix(Self.mostLooks) {
      try item.file.requirePlainFile()
      let text = try Folder.contents(of: item.file.path, atMost: 1 << 20) ?? []
      lengths.append(text.split { $0 <= UInt8(ascii: " ") }.count)
    }
    let length = TextLength(words: lengths)
    guard length.tokens != TextSettings().length else { return }
    result.set("length", .int(length.tokens))
    result.remarks.append(
      "takes the first \(length.tokens) words of each text; 'length' is another number")
  }
}

/// How many tokens are taken of texts, so that most are whole.
struct TextLength {
  let tokens: Int

  /// - Parameter words: How many words some texts have.
  init(words: [Int]) {
    let sorted = words.sorted()
    let most = sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
    // Signs are tokens too.
    var tokens = 16
    while tokens < most * 5 / 4, tokens < 512 { tokens *= 2 }
    self.tokens = tokens
  }
}
