internal import Diagnostics

/// Looks for a column's name in the first lines of a file, read in the ways that tables are written.
struct HeaderSearch {
  let format: TableFormat
  let delimiter: UInt8

  private static let lines = 40

  /// What to write so that the column is found; empty where no way of reading finds it.
  func remedies(toFind name: String, in file: SourceFile) -> [Note] {
    let delimiters = [delimiter] + [",", ";", "\t", "|", " "].compactMap { $0.utf8.first }
    for quote in [format.quote, UInt8(ascii: "\""), UInt8(ascii: "'")] {
      for delimiter in delimiters {
        var other = format
        other.quote = quote
        guard let line = line(of: name, in: file, delimiter, other) else { continue }
        return notes(line, delimiter, quote)
      }
    }
    return []
  }

  private func line(
    of name: String, in file: SourceFile, _ delimiter: UInt8, _ format: TableFormat
  ) -> Int? {
    guard var reader = try? DelimitedReader(file, delimiter: delimiter, format: format) else {
      return nil
    }
    var record = Record()
    while let isRow = try? reader.next(into: &record), isRow, record.line <= Self.lines {
      let fields = (0..<record.count).map { record.text($0)?.trimmingBlanks }
      if fields.count > 1, fields.contains(name) { return record.line }
    }
    return nil
  }

  private func notes(_ line: Int, _ delimiter: UInt8, _ quote: UInt8?) -> [Note] {
    var settings: [String] = []
    if delimiter != self.delimiter {
      let text =
        delimiter == UInt8(ascii: "\t") ? "tab" : "'\(Character(UnicodeScalar(delimiter)))'"
      settings.append("`delimiter: \(text)`")
    }
    if quote != format.quote, let quote {
      settings.append(quote == UInt8(ascii: "'") ? "`quote: single`" : "`quote: double`")
    }
    if line > format.skippedLines + 1 { settings.append("`skip-rows: \(line - 1)`") }
    guard !settings.isEmpty else { return [] }
    return [
      Note("line \(line) has it, read with \(settings.joined(separator: " and "))")
    ]
  }
}
