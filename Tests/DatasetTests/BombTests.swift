import Diagnostics
import Foundation
import Options
import Testing
import YAML

@testable import Dataset

/// Small files that inflate to far more than they are, or say so. Each is read in a process of its own, whose
/// memory is measured; `ANNEAL_BOMB_LOG` names a file that is told of each, and has the slow ones read too.
@Suite struct BombTests {
  @Test func `bears text that is deflated to a thousandth`() async {
    await #expect(processExitsWith: .success) {
      let inflated = 1 << 29
      let csv: [(UInt8, String)] = [
        (UInt8(ascii: "x"), "longer than 1 MiB"), (UInt8(ascii: "\""), "longer than 1 MiB"),
        (UInt8(ascii: ","), "more than 131072 fields"),
      ]
      for (byte, fact) in csv {
        for bytes in [Bombs.gzip(byte, inflated), Bombs.zstd(byte, inflated)] {
          try BombTests.expectRefusal(of: bytes, as: "csv", "b.csv", fact, within: 96)
        }
      }
      let start = Array("a,b\n1,2\n1,".utf8)
      for (byte, fact) in csv where byte != UInt8(ascii: "\"") {
        let fact = byte == UInt8(ascii: ",") ? "longer than 64 MiB" : fact
        try BombTests.expectRefusal(
          of: Bombs.zstd(byte, inflated, after: start), as: "csv", "b.csv", fact, within: 384)
      }
    }
  }

  @Test func `bears JSON lines that are deflated to a thousandth`() async {
    await #expect(processExitsWith: .success) {
      for byte in [UInt8(ascii: "x"), UInt8(ascii: "["), UInt8(ascii: "{"), 0] {
        let bytes = byte == 0 ? Bombs.gzip(byte, 1 << 29) : Bombs.zstd(byte, 1 << 29)
        try BombTests.expectRefusal(of: bytes, as: "jsonl", "b.jsonl", "64 MiB", within: 256)
      }
      let text = Array("{\"a\": 1, \"b\": \"".utf8)
      try BombTests.expectRefusal(
        of: Bombs.zstd(UInt8(ascii: "y"), 1 << 29, after: text), as: "jsonl", "b.jsonl", "64 MiB",
        within: 256)
    }
  }

  @Test func `bears a decompressor that has to keep terabytes`() async {
    await #expect(processExitsWith: .success) {
      for window: UInt8 in [0x90, 0xf8, 0xff] {
        let bytes = Bombs.zstd(UInt8(ascii: "x"), 1 << 20, window: window)
        try BombTests.expectRefusal(of: bytes, as: "csv", "b.csv", "b.csv", within: 96)
      }
    }
  }

  @Test func `bears archives and arrays that lie`() async {
    await #expect(processExitsWith: .success) {
      let huge = Bombs.npy("|u1", "(1099511627776,)")
      let entry = Bombs.Entry(
        name: "x.npy", content: Bombs.deflated(0, 1 << 20), claimed: huge.count + 1 << 40)
      var overlapping = entry
      overlapping.claimed = 1 << 20
      var other = overlapping
      (other.name, other.place) = ("y.npy", 0)
      let stored = Bombs.Entry(
        name: "../../x.npy", content: huge, isDeflated: false, claimed: huge.count)
      let many = (0..<5000).map {
        Bombs.Entry(name: "\($0).npy", content: [], isDeflated: false, claimed: 0)
      }
      let header = [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255]
      let wide = Bombs.Entry(name: "x.npy", content: header, isDeflated: false, claimed: 12)
      let archives: [(Bombs.Entry.List, String)] = [
        ([entry], "cannot be so many"), ([overlapping, other], "overlap"),
        ([stored], "bytes, and 0 are there"), (many, "more than 4096"),
        ([wide], "its header claims 4294967295 bytes"),
      ]
      for (entries, fact) in archives {
        try BombTests.expectRefusal(
          of: Bombs.zip(entries), as: "npz", "b.npz", fact, within: 64)
      }
      let record = [(44, 8), (0, 20), (1 << 40, 8), (1 << 60, 8), (0, 8)]
      let locator = [(0, 4), (0, 8), (1, 4)]
      let zip64: [UInt8] =
        Array("PK\u{6}\u{6}".utf8) + record.flatMap { Bombs.little($0.0, $0.1) }
        + Array("PK\u{6}\u{7}".utf8) + locator.flatMap { Bombs.little($0.0, $0.1) }
      try BombTests.expectRefusal(
        of: zip64 + Bombs.end(0xffff, 0xffff_ffff, 0xffff_ffff), as: "npz", "b.npz",
        "more than 4096", within: 64)
      try BombTests.expectRefusal(
        of: huge, as: "npy", "b.npy", "takes 1099511627776 bytes, and 0 are there", within: 64)
      let labels: [UInt8] = [0, 0, 8, 1, 0x7f, 255, 255, 255]
      try BombTests.expectRefusal(
        of: labels, as: "idx", "b-labels-idx1-ubyte", "and 0 are there", within: 64)
      try BombTests.expectRefusal(
        of: Bombs.gzip(0, 1 << 28), as: "idx", "b-labels-idx1-ubyte.gz", "b-labels", within: 64)
      // A row of half a gibibyte is what it says, and none that anything can be learnt from.
      let row = Bombs.Entry(
        name: "x.npy", content: Bombs.deflated(0, 1 << 29), claimed: 1 << 29)
      try BombTests.expectRefusal(of: Bombs.zip([row]), as: "npz", "b.npz", "NumPy", within: 64)
    }
  }

  @Test func `bears pages and buffers that lie, and texts that are repeated a million times`() async
  {
    await #expect(processExitsWith: .success) {
      let files = try #require(try Reference.read("bombs")["files"]?.object)
      // Half a minute each, where nothing is optimised.
      let isWhole = ProcessInfo.processInfo.environment["ANNEAL_BOMB_LOG"] != nil
      let slow = ["text.parquet", "repeated.parquet"]
      for name in files.keys.sorted() where isWhole || !slow.contains(name) {
        let bytes = try Value.object(files).bytes(name)
        let key = name.hasSuffix("parquet") ? "parquet" : "arrow"
        if ["zeros.arrow", "repeated.arrow", "text.parquet"].contains(name) {
          // What is repeated is held once, and a text of 192 MiB is one.
          let read = try BombTests.peak(of: bytes, as: key, name)
          #expect(read.problem == nil && read.mebibytes < 1536, "\(name): \(read)")
        } else {
          try BombTests.expectRefusal(of: bytes, as: key, name, name, within: 1792)
        }
      }
    }
  }

  // MARK: - Measuring

  /// Reads a file and expects that it is refused, by its name and with a fact, and that no more memory than
  /// so many MiB was held.
  static func expectRefusal(
    of bytes: [UInt8], as key: String, _ name: String, _ fact: String, within most: Int
  ) throws {
    let read = try peak(of: bytes, as: key, name)
    #expect(read.mebibytes <= most, "\(name), \(fact): \(read.mebibytes) MiB")
    let problem = try #require(read.problem, "\(name), \(fact)")
    #expect(problem.contains(fact), "\(name): \(problem)")
    #expect(problem.contains(name), "\(problem)")
  }

  /// Reads a file as the loading stage does, and tells what was wrong and how much more memory was held.
  static func peak(
    of bytes: [UInt8], as key: String, _ name: String
  ) throws -> (problem: String?, mebibytes: Int) {
    let folder = try TemporaryFolder()
    _ = try folder.file(name, bytes)
    let node = try Node(parsing: "{\(key): \(name)}", file: "p.yaml")
    let memory = HeldMemory()
    let start = ContinuousClock.now
    let problem = try self.problem(node, FileSearch(folder.path))
    let held = memory.growth
    if let log = ProcessInfo.processInfo.environment["ANNEAL_BOMB_LOG"] {
      let line =
        "\(name)\t\(bytes.count)\t\(held >> 20) MiB\t\(ContinuousClock.now - start)\t\(problem ?? "read")\n"
      let file = unsafe fopen(log, "a")
      unsafe fputs(line, file)
      unsafe fclose(file)
    }
    return (problem, held >> 20)
  }

  private static func problem(_ node: Node, _ search: FileSearch) throws -> String? {
    let settings = try SourceSettings.decode(node)
    let kind = try #require(settings.named.first)
    var request = RowRequest()
    request.patterns = settings.patterns(of: kind)
    request.task = RowRequest.Task.none
    do {
      if let problem = kind.look(settings, request, search, node).problems.first {
        return problem.description
      }
      var source = try kind.open(settings, request, search)
      var bad = BadRows(.error)
      let facts = try source.survey(&bad)
      try bad.throwIfErrors()
      guard facts.count > 0 else { return "\(node) there is no row" }
      try source.read(&bad, where: { _ in true }) { _ in }
      try bad.throwIfErrors()
      return nil
    } catch let problem as Diagnostic {
      return problem.description
    } catch let problems as Diagnostics {
      return problems.all.map(\.description).joined(separator: "\n")
    }
  }
}

extension Bombs.Entry {
  typealias List = [Bombs.Entry]
}

/// How much more memory this process held than when this was made, at the most.
struct HeldMemory {
  private let start: Int

  init() {
    // Forgets the most that was held so far (proc(5)).
    try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    start = Self.kibibytes("VmRSS:")
  }

  /// In bytes.
  var growth: Int { max(0, Self.kibibytes("VmHWM:") - start) << 10 }

  private static func kibibytes(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
