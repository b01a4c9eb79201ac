internal import Diagnostics
internal import Network
internal import Tensor

/// The encoders of a table's features and of its target.
struct TableEncoding {
  let schema: TableSchema
  private var encoders: [any FeatureEncoder]
  private var target: (any TargetEncoder)?
  private let weight: WeightEncoder?

  /// The columns that they read, one encoder's behind the other's.
  let requests: [ColumnRequest]
  private let ranges: [Range<Int>]

  /// - Parameter isSettled: Whether the schema says what only all rows tell, as that of a model does.
  init(_ schema: TableSchema, isSettled: Bool) {
    self.schema = schema
    encoders = schema.inputs.map {
      Self.encoder(of: $0, schema, isSettled: isSettled)
    }
    if let target = schema.target {
      self.target = Self.encoder(
        of: target, columns: schema.targetColumns, schema.header, isSettled: isSettled)
    }
    weight = schema.weightColumn.map { WeightEncoder(column: $0, of: schema.header) }
    var requests: [ColumnRequest] = []
    var ranges: [Range<Int>] = []
    let last = [target?.requests ?? [], weight.map { [$0.request] } ?? []]
    for wanted in encoders.map(\.requests) + last {
      ranges.append(requests.count..<requests.count + wanted.count)
      requests += wanted
    }
    self.requests = requests
    self.ranges = ranges
  }

  /// The encoder of a kind of feature.
  private static func encoder(
    of input: TableSchema.Input, _ schema: TableSchema, isSettled: Bool
  ) -> any FeatureEncoder {
    let header = schema.header
    if let files = input.feature.files {
      return NamedFileEncoder(input, files, of: schema, isSettled: isSettled)
    }
    if let form = input.feature.text {
      return TextColumnEncoder(input, form, of: header, isSettled: isSettled)
    }
    return switch input.feature.kind {
    case .numbers, .image, .text, .audio: NumberEncoder(input, of: header, isSettled: isSettled)
    case .category: CategoryEncoder(input, of: header, isSettled: isSettled)
    case .date: DateEncoder(input, of: header)
    }
  }

  private static func encoder(
    of target: Target, columns: [Int], _ header: TableHeader, isSettled: Bool
  ) -> any TargetEncoder {
    switch target.task {
    case .classification:
      ClassEncoder(target, column: columns[0], of: header, isSettled: isSettled)
    case .regression: AmountEncoder(target, columns: columns, of: header)
    case .multiLabel where target.columns.isEmpty:
      LabelEncoder(target, column: columns[0], of: header, isSettled: isSettled)
    case .multiLabel: IndicatorEncoder(target, columns: columns)
    }
  }

  /// How rows lie between the pass that encodes them and the one that settles them.
  var layout: ShardLayout {
    ShardLayout(
      features: schema.features, target: target?.encoded, isWeighted: schema.weightColumn != nil)
  }
}

extension TableEncoding {
  /// How many rows are encoded at once; nil where their number does not matter. Images and sounds take
  /// memory.
  var rowsAtOnce: Int? {
    let bytes = schema.features.filter { $0.files != nil }.map { $0.width * $0.type.size }
    return bytes.isEmpty ? nil : max(1, (16 << 20) / bytes.reduce(0, +))
  }

  /// Finds the rows that cannot be read: what is wrong with the first feature of each, else the target.
  mutating func inspect(_ batch: TableBatch, _ problems: inout RowProblems) {
    for place in encoders.indices {
      encoders[place].inspect(columns(place, batch), of: batch, &problems)
    }
    let last = columns(encoders.count, batch)
    target?.inspect(last, of: batch, &problems)
    weight?.inspect(columns(encoders.count + 1, batch), &problems)
  }

  /// The values of the rows that are taken.
  mutating func encode(_ batch: TableBatch, _ rows: RowChoice) throws -> Block {
    var block = Block(
      rows: rows.picked((0..<batch.rows).map(batch.id)), features: [:])
    for place in encoders.indices {
      block.features[schema.inputs[place].feature.name] =
        try encoders[place].encode(columns(place, batch), rows)
    }
    let last = columns(encoders.count, batch)
    block.target = try target?.encode(last, rows)
    block.weights = weight?.encode(columns(encoders.count + 1, batch), rows)
    return block
  }

  private func columns(_ place: Int, _ batch: TableBatch) -> [RawColumn] {
    Array(batch.columns[ranges[place]])
  }

  /// What rows hold that is read otherwise than it is written, in the order of the columns.
  func remarks(_ batch: TableBatch) -> [Int: [String]] {
    var remarks: [Int: [String]] = [:]
    let order = encoders.indices.sorted {
      (schema.inputs[$0].columns.first ?? 0) < (schema.inputs[$1].columns.first ?? 0)
    }
    for place in order {
      for (row, remark) in encoders[place].remarks(columns(place, batch), rows: batch.rows) {
        remarks[row, default: []].append(remark)
      }
    }
    return remarks
  }
}

extension TableEncoding {
  var needsFit: Bool { encoders.contains { $0.needsFit } }

  /// Learns from encoded rows what follows from the training split alone.
  mutating func fit(_ block: Block, trainingOn isTraining: (Int64) -> Bool) {
    for place in encoders.indices where encoders[place].needsFit {
      guard let values = block.features[schema.inputs[place].feature.name] else { continue }
      encoders[place].fit(values) { isTraining(block.rows[$0]) }
    }
  }

  mutating func endFit() {
    for place in encoders.indices where encoders[place].needsFit { encoders[place].endFit() }
  }

  /// The schema with what the rows so far tell.
  var settledSchema: TableSchema {
    var settled = schema
    for place in encoders.indices { settled.inputs[place].feature = encoders[place].feature }
    settled.target = target?.target
    return settled
  }

  /// What `encode` gave, as it is stored in the end.
  func settled(_ block: Block) -> Block {
    var settled = block
    for place in encoders.indices {
      let name = schema.inputs[place].feature.name
      settled.features[name] = block.features[name].map(encoders[place].settled)
    }
    settled.target = block.target.map { target?.settled($0) ?? $0 }
    return settled
  }

  /// States by what rows may be dealt out alike, of all targets that `encode` gave.
  func describe(_ values: ColumnValues, in facts: inout RowFacts) {
    target?.describe(values, in: &facts)
  }

  /// What was decided of the target while its rows were read.
  var decisions: [String] { target?.decisions ?? [] }

  /// What keeps a feature or the target from being made.
  var failure: Diagnostic? {
    encoders.lazy.compactMap(\.failure).first ?? target?.failure
  }

  /// The columns whose numbers lie too close together for how they are stored; an error for a target of
  /// which nothing much is left.
  var roundingProblems: [Diagnostic] {
    encoders.flatMap(\.roundingWarnings)
      + [target?.roundingProblem(at: schema.header.place)].compactMap { $0 }
  }

  /// What the texts of categories and classes show together, but for the columns of these names.
  func warnings(except told: Set<String>) -> [Diagnostic] {
    let place = schema.header.place
    var reviews: [LabelReview] = []
    for (input, encoder) in zip(schema.inputs, encoders)
    where !told.contains(input.feature.columns.first ?? "") {
      if let review = encoder.review(at: place) { reviews.append(review) }
    }
    if let target, !told.contains(target.target.name) {
      reviews += [target.review(at: place)].compactMap { $0 }
    }
    return TableReview.few(reviews.flatMap(\.warnings))
  }
}
