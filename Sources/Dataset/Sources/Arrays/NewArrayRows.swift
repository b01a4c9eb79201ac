internal import Diagnostics
internal import Network
internal import Tensor
package import YAML

/// Rows of new files of arrays, for the features of a model.
package struct NewArrayRows: RowSource {
  private let parts: [ArrayPart]
  private let inputs: [ArrayInput]
  package let features: [Feature]

  /// What the model answers, which an array may tell too.
  private let truth: Target

  /// The arrays that do.
  private let truths: [String]

  package let target: Target? = nil
  package let columns: [String] = []

  /// - Parameters:
  ///   - names: The arrays of each feature.
  ///   - targets: The arrays of the target.
  ///   - layout: As the training rows were loaded.
  init(
    _ listing: ArrayListing, _ features: [Feature], _ names: [String: [String]], _ target: Target,
    targets: [String], layout: ImageLayout?
  ) throws(Diagnostic) {
    parts = listing.parts.map { part in
      Self.meaning(Array(Set(names.values.joined())), targets, in: part)
    }
    self.features = features
    truth = target
    truths = targets
    var inputs: [ArrayInput] = []
    for feature in features {
      let names = names[feature.name] ?? []
      for part in parts {
        for name in names where part.arrays[name] == nil {
          throw part.unread[name]?.problem
            ?? Diagnostic(
              "there is no array '\(name)' in '\(part.fileName)', of which the model reads "
                + "'\(feature.name)'",
              remedy: "the arrays are \(part.names.joined(separator: ", "))")
        }
        let arrays = names.compactMap { part.arrays[$0] }
        let input = try Self.input(feature, arrays, names, layout)
        if part.fileName == parts.first?.fileName { inputs.append(input) }
        try Self.requireSame(input, inputs.last)
        for array in arrays where array.layout.rows != Self.rows(part, arrays[0].name) {
          throw Self.rowsDiffer(array, arrays[0])
        }
      }
    }
    self.inputs = inputs
  }

  private static func requireSame(_ input: ArrayInput, _ other: ArrayInput?) throws(Diagnostic) {
    guard let other, input.arrangement != other.arrangement else { return }
    throw Diagnostic(
      "the files have the pictures of '\(input.feature.name)' in different layouts",
      remedy: "predict for them one after the other")
  }

  private static func rowsDiffer(_ array: StoredArray, _ other: StoredArray) -> Diagnostic {
    array.problem(
      "has \(array.layout.rows.counted("row")) where \(other.title) has "
        + "\(other.layout.rows.counted("row"))",
      remedy: "give files whose arrays have the same rows")
  }

  /// The part with the arrays that are meant under the names that the model knows: those of a split, or the
  /// only one that is left.
  private static func meaning(
    _ names: [String], _ targets: [String], in part: ArrayPart
  ) -> ArrayPart {
    var part = part
    for name in part.names {
      let base = ArrayName(name).base
      guard part.arrays[base] == nil, names.contains(base) || targets.contains(base)
      else { continue }
      part.arrays[base] = part.arrays[name]
    }
    let others = part.names.filter { !targets.contains($0) }
    if names.count == 1, part.arrays[names[0]] == nil, others.count == 1 {
      part.arrays[names[0]] = part.arrays[others[0]]
    }
    return part
  }

  private static func input(
    _ feature: Feature, _ arrays: [StoredArray], _ names: [String], _ layout: ImageLayout?
  ) throws(Diagnostic) -> ArrayInput {
    func fits(_ shape: [Int]) -> ArrayInput.Arrangement? {
      guard feature.kind == .image else {
        return arrays.reduce(0) { $0 + $1.layout.width } == feature.width
          ? (feature.kind.traits.holdsCodes ? .codes : .asStored) : nil
      }
      let last = [feature.shape[1], feature.shape[2], feature.shape[0]]
      if shape == last, shape != feature.shape || layout == .channelsLast { return .interleaved }
      return shape == feature.shape || shape == [feature.width]
        || [1] + shape == feature.shape ? .asStored : nil
    }
    guard let array = arrays.first, let arrangement = fits(array.layout.rowShape),
      feature.kind.traits.holdsCodes || !arrays.contains(where: \.layout.element.isText)
    else {
      let shapes = arrays.map { ArrayLayout.text($0.layout.rowShape) }.joined(separator: " and ")
      throw Diagnostic(
        "\(arrays.first?.title ?? "an array") has rows of the shape \(shapes), of which "
          + "'\(feature.name)' of the shape \(ArrayLayout.text(feature.shape)) cannot be made",
        remedy: "bring the rows to the shape of those that the model was trained on")
    }
    return ArrayInput(feature: feature, arrays: names, arrangement: arrangement)
  }

  private static func rows(_ part: ArrayPart, _ name: String?) -> Int {
    name.flatMap { part.arrays[$0] }?.layout.rows ?? 0
  }

  private func rows(of part: ArrayPart) -> Int {
    Self.rows(part, inputs.first?.arrays.first)
  }

  package var provenance: Value { ["format": "arrays"] }
  package func fileName(_ place: Int) -> String { parts[place].fileName }
  package var newNames: [String] { parts.count > 1 ? ["file", "row"] : ["row"] }

  /// Every row, since nothing but reading tells of problems.
  package mutating func survey(_ bad: inout BadRows) throws -> RowFacts {
    var facts = RowFacts()
    for (index, part) in parts.enumerated() {
      for _ in 0..<rows(of: part) {
        facts.ids.append(Int64(facts.count))
        facts.files.append(Int64(index))
      }
    }
    return facts
  }

  package func overview() throws -> DataOverview {
    DataOverview(
      headings: ["array", "rows", "type", "shape"],
      rows: parts.flatMap { part in
        part.names.compactMap { part.arrays[$0] }.map { array in
          [
            array.name, "\(array.layout.rows)", array.layout.element.noun,
            ArrayLayout.text(array.layout.rowShape),
          ]
        }
      })
  }

  package func read(
    _ bad: inout BadRows, where isWanted: ((Int64) -> Bool)?, _ body: (Block) throws -> Void
  ) throws {
    try readNew { read in
      for row in read.rows {
        if let problem = row.problem { try bad.add(problem) }
      }
      let wanted = read.block.rows.indices.filter { isWanted?(read.block.rows[$0]) ?? true }
      if !wanted.isEmpty { try body(read.block.selecting(wanted)) }
    }
  }

  package func readNew(_ body: (NewRowBlock) throws -> Void) throws {
    var id: Int64 = 0
    for part in parts {
      let loose = inputs.map { input in
        var input = input
        if input.feature.type == .uint8, !Self.isByte(part, input) { input.feature.type = .float32 }
        return input
      }
      let told = truths.compactMap { part.arrays[$0] }.filter {
        $0.layout.rows == rows(of: part)
      }
      let hasTruth =
        told.count == truths.count && told.reduce(0) { $0 + $1.layout.width } == truth.width
      let reader = try ArrayBlockReader(part, loose, target: nil)
      var truths: [(rows: ArrayRows, decoder: ArrayDecoder)] = []
      for array in hasTruth ? told : [] {
        truths.append((try ArrayRows(array), ArrayDecoder(element: array.layout.element)))
      }
      let count = rows(of: part)
      for first in stride(from: 0, to: count, by: reader.rowsAtOnce) {
        let size = min(reader.rowsAtOnce, count - first)
        var block = try reader.next(size, firstID: id)
        id += Int64(size)
        var texts: [[String?]] = []
        for (rows, decoder) in truths { texts.append(try decoder.texts(rows.next(size))) }
        let told = ArrayBlockReader.sideBySide(texts, rows: size)
        var rows: [NewRow] = []
        var good: [Int] = []
        for index in 0..<size {
          var row = newRow(first + index, of: part)
          if let problem = problem(block, row: index) {
            row.problem = row.problem(problem)
          } else {
            good.append(index)
            let width = told.count / size
            let own = told[index * width..<(index + 1) * width].compactMap { $0 }
            if !own.isEmpty, own.count == width { answer(&row, own) }
          }
          rows.append(row)
        }
        if good.count < size { block = block.selecting(good) }
        for input in inputs where input.feature.type == .uint8 {
          guard case .float32(let numbers)? = block.features[input.feature.name] else { continue }
          block.features[input.feature.name] = .uint8(numbers.map { UInt8($0) })
        }
        try body(NewRowBlock(rows: rows, block: block))
      }
    }
  }

  private static func isByte(_ part: ArrayPart, _ input: ArrayInput) -> Bool {
    input.arrays.allSatisfy { part.arrays[$0]?.layout.element.isByte ?? false }
  }

  private func newRow(_ index: Int, of part: ArrayPart) -> NewRow {
    var name: Value = ["row": .int(index + 1)]
    if parts.count > 1 { name["file"] = .string(part.fileName) }
    return NewRow(name: name, label: "row \(index + 1)")
  }

  /// What no model can compute with.
  private func problem(_ block: Block, row: Int) -> String? {
    for feature in features {
      guard case .float32(let numbers)? = block.features[feature.name] else { continue }
      let width = feature.width
      for number in numbers[row * width..<(row + 1) * width] {
        if number.isInfinite { return "\(number) in '\(feature.name)' is not a finite number" }
        if feature.type == .uint8, UInt8(exactly: number) == nil {
          return
            "\(number) in '\(feature.name)' is not a whole number from 0 to 255, as the rows had that "
            + "the model was trained on"
        }
      }
    }
    return nil
  }

  private func answer(_ row: inout NewRow, _ texts: [String]) {
    let text = texts[0]
    if truth.task != .classification {
      let numbers = texts.compactMap(Float.init)
      if numbers.count == texts.count { row.truths = numbers }
    } else if let code = CodeTable(truth.classes)[text] {
      row.truth = Float(code)
    } else {
      row.doubt = "'\(text)' is no class of '\(truth.name)' that the model knows"
    }
  }
}
