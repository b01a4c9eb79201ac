internal import Diagnostics

/// Tells the byte between a file's fields by its name and its first rows.
struct DelimiterSearch {
  let format: TableFormat

  /// How many rows have to agree.
  private static let rows = 5

  private static let candidates = [";", "\t", "|", ","].compactMap { $0.utf8.first }

  /// The byte that the format names, else the one that the file's name tells, unless that makes no more
  /// than one field of the first row while another makes several of each row.
  func delimiter(of file: SourceFile) throws(Diagnostic) -> UInt8 {
    if let delimiter = format.delimiter { return delimiter }
    let usual = TableFormat.usualDelimiter(of: file.name)
    guard try counts(in: file, usual).first == 1 else { return usual }
    var best = (fields: 1, delimiter: usual)
    for candidate in Self.candidates where candidate != usual && candidate != format.comment {
      let counts = try counts(in: file, candidate)
      guard let fields = counts.first, counts.allSatisfy({ $0 == fields }) else { continue }
      if fields > best.fields { best = (fields, candidate) }
    }
    return best.delimiter
  }

  /// How many fields the first rows have.
  private func counts(in file: SourceFile, _ delimiter: UInt8) throws(Diagnostic) -> [Int] {
    var reader = try DelimitedReader(file, delimiter: delimiter, format: format)
    var record = Record()
    var counts: [Int] = []
    while counts.count < Self.rows {
      // What cannot be read as a row is told where the rows are read.
      guard let isRow = try? reader.next(into: &record), isRow else { break }
      counts.append(record.count)
    }
    return counts
  }
}
