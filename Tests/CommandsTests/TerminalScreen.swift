import Diagnostics

/// What a terminal shows: as much of one as progress needs, with lines that are broken anew when the
/// window changes, as most terminals do it.
struct TerminalScreen {
  private(set) var columns: Int

  /// Lines as they were written, each of which takes as many rows as it needs.
  private var lines: [[Character]] = [[]]
  private var line = 0
  private var column = 0
  private var sequence = ""
  private var breaksLines = true

  /// Whether anything but text, `\r`, `\n` and the sequences below was written.
  private(set) var unknown: [String] = []

  /// Whether any control sequence was written.
  private(set) var wasControlled = false

  init(columns: Int) {
    self.columns = columns
  }

  mutating func resize(to columns: Int) {
    self.columns = columns
  }

  mutating func feed(_ text: String) {
    for scalar in text.unicodeScalars { feed(scalar) }
  }

  private mutating func feed(_ scalar: Unicode.Scalar) {
    guard sequence.isEmpty else {
      sequence.unicodeScalars.append(scalar)
      if scalar != "[", scalar.properties.isAlphabetic { obey() }
      return
    }
    switch scalar {
    case "\u{1B}":
      sequence = "\u{1B}"
      wasControlled = true
    case "\r": column = start(of: column)
    case "\n":
      line += 1
      column = 0
      if line == lines.count { lines.append([]) }
    default: put(Character(scalar))
    }
  }

  /// The start of the row that a place in a line is in.
  private func start(of column: Int) -> Int { column / columns * columns }

  private mutating func put(_ character: Character) {
    while lines[line].count < column { lines[line].append(" ") }
    guard breaksLines || column < columns else {
      lines[line][columns - 1] = character
      return
    }
    if column < lines[line].count {
      lines[line][column] = character
    } else {
      lines[line].append(character)
    }
    column += 1
  }

  private mutating func obey() {
    let number = Int(sequence.dropFirst(2).dropLast()) ?? 1
    switch sequence.last {
    case "m": break
    case "A":
      for _ in 0..<number { moveUp() }
    case "J":
      // Some terminals keep what this clears among the lines above.
      if line == 0, column == 0 { unknown.append("the whole screen is cleared") }
      lines = Array(lines[...line])
      lines[line] = Array(lines[line].prefix(column))
    case "l" where sequence.hasSuffix("[?7l"): breaksLines = false
    case "h" where sequence.hasSuffix("[?7h"): breaksLines = true
    default: unknown.append(sequence)
    }
    sequence = ""
  }

  /// One row up, which may be in the same line.
  private mutating func moveUp() {
    if column >= columns {
      column -= columns
    } else if line > 0 {
      let offset = column
      line -= 1
      column = start(of: max(0, lines[line].count - 1)) + offset
    }
  }

  /// The rows from the top, without blanks at their ends.
  var rows: [String] {
    let rows = lines.flatMap { line -> [String] in
      guard !line.isEmpty else { return [""] }
      return stride(from: 0, to: line.count, by: columns).map { start in
        String(line[start..<min(line.count, start + columns)])
      }
    }
    let trimmed = rows.map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }
    return trimmed.last == "" ? trimmed.dropLast() : trimmed
  }

  var text: String { rows.joined(separator: "\n") }
}
