import Artifacts
import Diagnostics
import Testing
import YAML

@testable import Dataset

/// Files that end before their end, at every byte of them.
@Suite struct TruncationTests {
  private let folder: TemporaryFolder
  private let files: Value

  init() throws {
    folder = try TemporaryFolder()
    files = try #require(try Reference.read("typed_tables")["files"])
  }

  @Test(arguments: ["small.parquet", "small.arrow", "two.feather"])
  func `refuses a file whose end says what it holds`(name: String) throws {
    try cut(name, everyByteOf: 1200) { file, length in
      let problem = #expect(throws: Diagnostic.self, "\(length) bytes") { try rows(file) }
      #expect(problem?.message.contains(name) == true, "\(length) bytes: \(problem?.message ?? "")")
    }
  }

  @Test func `refuses a stream that ends within a message`() throws {
    let whole = try rows(write("small.arrows"))
    var unfinished = 0
    try cut("small.arrows") { file, length in
      do {
        // Without the mark of its end a stream is one that was not finished, of whole batches.
        let count = try rows(file).count
        #expect(count == 0 || count == whole.count, "\(length) bytes")
        unfinished += count == whole.count ? 1 : 0
      } catch let problem as Diagnostic {
        #expect(problem.message.contains("small.arrows"), "\(length) bytes: \(problem.message)")
      }
    }
    // Those that lack some of the last eight bytes, which say that nothing follows.
    #expect(unfinished <= 8)
  }

  @Test(arguments: ["small.csv.gz", "small.csv.zst", "lines.jsonl.gz", "lines.jsonl.zst"])
  func `refuses what is compressed and not whole`(name: String) throws {
    try cut(name) { file, length in
      // One byte of a mark is a letter, and the name of a column.
      if length == 1, name.contains("csv") {
        let found = try rows(file)
        return #expect(found == [])
      }
      let problem = #expect(throws: Diagnostic.self, "\(name), \(length) bytes") { try rows(file) }
      let text = "\(problem?.description ?? "")"
      #expect(text.contains(name), "\(length) bytes: \(text)")
    }
  }

  @Test func `reads of lines those that are whole, and names the one that is cut`() throws {
    for name in ["small.csv", "lines.jsonl"] {
      let whole = try rows(write(name))
      let lines = try files.bytes(name).split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
      ).count
      try cut(name) { file, length in
        do {
          let found = try rows(file)
          for row in found where row.problem != nil {
            #expect(row == found.last, "\(name) of \(length): \(row)")
            #expect((1...lines).contains(row.line))
          }
          // The last may be whole without what was cut off, and objects may lack columns of later ones.
          let good = found.dropLast()
          #expect(good.map(\.line).elementsEqual(whole.prefix(good.count).map(\.line)))
          if name == "small.csv" { #expect(good.elementsEqual(whole.prefix(good.count))) }
        } catch let problem as Diagnostic {
          #expect(problem.description.contains(name), "\(length): \(problem)")
        }
      }
    }
  }

  // MARK: - Reading

  private struct Row: Equatable {
    var line: Int
    var cells: [String?]
    var problem: String?
  }

  private func write(_ name: String) throws -> SourceFile {
    try folder.file(name, files.bytes(name))
  }

  /// Calls `body` with a file cut to each length, the longest first.
  ///
  /// - Parameter most: Where it is longer than this, so many of its lengths.
  private func cut(
    _ name: String, everyByteOf most: Int = .max, _ body: (SourceFile, Int) throws -> Void
  ) throws {
    let file = try write(name)
    let size = try files.bytes(name).count
    let open = try OpenFile(changing: file.path)
    for length in stride(from: size - 1, through: 0, by: -(1 + size / most)) {
      try open.truncate(to: length)
      try body(file, length)
    }
  }

  /// All rows of a file as texts.
  private func rows(_ file: SourceFile) throws -> [Row] {
    let format = TableFormat()
    let contents: any TableContents =
      if file.name.contains("jsonl") {
        try ObjectContents(files: [file], format: format)
      } else if file.name.contains("csv") {
        try DelimitedContents(files: [file], format: format)
      } else {
        try TypedContents(
          files: [file], as: file.name.hasSuffix("parquet") ? .parquet : .arrow, format: format)
      }
    let header = try contents.header()
    let requests = header.names.indices.filter {
      contents.kind(of: $0) != nil
        || contents.holdsTexts($0) || !(contents is TypedContents)
    }.map { ColumnRequest($0, as: .texts) }
    var rows: [Row] = []
    try contents.forEachBatch(requests, of: header) { batch in
      let problems = RowProblems(batch.misfits)
      for row in 0..<batch.rows {
        rows.append(
          Row(
            line: batch.place(of: row).start.line,
            cells: batch.columns.map { column in
              guard problems[row] == nil, case .texts(let texts) = column else { return nil }
              return texts.text(row)
            }, problem: problems[row]))
      }
      return true
    }
    return rows
  }
}
