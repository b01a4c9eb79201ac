/// Gives the texts of a column codes: those of a known list, or new ones as they come.
struct CategoryIndex {
  private let known: CodeTable?
  private var index = TextIndex()

  /// How many rows have a text.
  private(set) var present = 0

  /// Whether there are more different texts than a category may have.
  private(set) var isFull = false
  private let list: [String]

  /// - Parameter known: The texts in code order, where they are settled.
  init(known: [String]?) {
    list = known ?? []
    self.known = known.map(CodeTable.init)
  }

  /// A code for each row that is taken; -1 where there is no text, or none that is known.
  mutating func codes(
    of cells: CodeColumn, _ rows: RowChoice, _ text: (CodeColumn.Entry) -> String?
  ) -> [Int32] {
    // Texts that only rows have which are not taken get no code.
    var isTaken = [Bool](repeating: rows.places == nil, count: cells.entries.count)
    for place in rows.places ?? [] where cells.codes[place] >= 0 {
      isTaken[Int(cells.codes[place])] = true
    }
    var codes = [Int32](repeating: -1, count: cells.entries.count)
    for (place, entry) in cells.entries.enumerated() where isTaken[place] {
      if let text = text(entry) { codes[place] = code(of: text) }
    }
    var taken = rows.picked(cells.codes)
    for place in taken.indices {
      let code = taken[place] < 0 ? -1 : codes[Int(taken[place])]
      taken[place] = code
      if code >= 0 { present += 1 }
    }
    return taken
  }

  private mutating func code(of text: String) -> Int32 {
    if let known { return known[text] ?? -1 }
    guard !isFull, let code = index.code(of: text) else {
      isFull = true
      return -1
    }
    return code
  }

  func knows(_ text: String) -> Bool { known?[text] != nil }

  /// The texts in the order of their final codes.
  var sorted: [String] { known == nil ? index.sorted : list }

  /// For each code that was given its final one.
  var ranks: [Int32] { known == nil ? index.ranks : list.indices.map(Int32.init) }

  func ranked(_ codes: [Int32]) -> [Int32] {
    guard known == nil else { return codes }
    let ranks = ranks
    return codes.map { $0 < 0 ? $0 : ranks[Int($0)] }
  }
}
