internal import Diagnostics
internal import Network
internal import Tensor

/// Reads the rows of a part in order, as the values of features and of the target.
struct ArrayBlockReader {
  private let inputs: [ArrayInput]
  private let target: Target?

  /// The arrays that the target is made of.
  private let targets: [String]
  private let layout: ShardLayout
  private let codes: [CodeTable]
  private let classes: CodeTable
  private let rows: [String: ArrayRows]
  private let decoders: [String: ArrayDecoder]

  /// Rows whose bytes are read together.
  let rowsAtOnce: Int

  /// - Parameter target: The target and its arrays; nil where rows are read without one.
  init(
    _ part: ArrayPart, _ inputs: [ArrayInput], target: (target: Target, arrays: [String])?
  ) throws(Diagnostic) {
    self.inputs = inputs
    targets = target?.arrays ?? []
    let target = target?.target
    self.target = target
    layout = ShardLayout(features: inputs.map(\.feature), target: target, isWeighted: false)
    codes = inputs.map { CodeTable($0.feature.categories) }
    classes = CodeTable(target?.classes ?? [])
    var rows: [String: ArrayRows] = [:]
    var decoders: [String: ArrayDecoder] = [:]
    var bytes = 1
    for name in Set(inputs.flatMap(\.arrays) + targets) {
      guard let array = part.arrays[name] else { continue }
      rows[name] = try ArrayRows(array)
      decoders[name] = ArrayDecoder(element: array.layout.element)
      bytes += array.layout.rowBytes
    }
    self.rows = rows
    self.decoders = decoders
    rowsAtOnce = min(max(1, ArraySource.blockBytes / bytes), 1 << 16)
  }

  /// The next rows. A target that is missing, or is no class, is not among the wanted ones.
  func next(_ count: Int, firstID: Int64) throws(Diagnostic) -> Block {
    var stored: [String: [UInt8]] = [:]
    for (name, rows) in rows { stored[name] = try rows.next(count) }
    var block = layout.emptyBlock
    block.rows = (0..<Int64(count)).map { firstID + $0 }
    for (index, input) in inputs.enumerated() {
      block.features[input.feature.name] = values(input, codes[index], stored, rows: count)
    }
    if let target { block.target = values(of: target, stored, rows: count) }
    return block
  }

  private func values(
    of target: Target, _ stored: [String: [UInt8]], rows: Int
  ) -> ColumnValues? {
    let parts = targets.compactMap { name in
      stored[name].flatMap { bytes in decoders[name].map { (bytes, $0) } }
    }
    guard let (bytes, decoder) = parts.first else { return nil }
    if target.task == .classification {
      return .int64(decoder.texts(bytes).map { $0.flatMap { classes[$0] }.map(Int64.init) ?? 0 })
    }
    let numbers = Self.sideBySide(parts.map { $1.doubles($0).map { Float($0) } }, rows: rows)
    return target.task == .multiLabel ? .uint8(numbers.map { $0 == 1 ? 1 : 0 }) : .float32(numbers)
  }

  /// The values of several arrays row by row.
  static func sideBySide<Number>(_ parts: [[Number]], rows: Int) -> [Number] {
    guard parts.count > 1 else { return parts.first ?? [] }
    return (0..<rows).flatMap { row in
      parts.flatMap { values in
        let width = values.count / rows
        return values[row * width..<(row + 1) * width]
      }
    }
  }

  private func values(
    _ input: ArrayInput, _ codes: CodeTable, _ stored: [String: [UInt8]], rows: Int
  ) -> ColumnValues {
    let parts = input.arrays.compactMap { name in
      stored[name].flatMap { bytes in decoders[name].map { (bytes, $0) } }
    }
    guard let (bytes, decoder) = parts.first else { return layout.empty(0) }
    switch (input.arrangement, input.feature.type) {
    case (.codes, _):
      return .int32(decoder.texts(bytes).map { $0.flatMap { codes[$0] } ?? -1 })
    case (.interleaved, .uint8):
      return .uint8(planes(Self.bytes(bytes, decoder), input.feature.shape))
    case (.interleaved, _):
      return .float32(planes(decoder.floats(bytes), input.feature.shape))
    case (.asStored, .uint8): return .uint8(Self.bytes(bytes, decoder))
    case (.asStored, _):
      return .float32(Self.sideBySide(parts.map { $1.floats($0) }, rows: rows))
    }
  }

  /// Whole numbers from 0 to 255, whatever they are stored as.
  private static func bytes(_ stored: [UInt8], _ decoder: ArrayDecoder) -> [UInt8] {
    decoder.element.isByte
      ? decoder.bytes(stored) : decoder.floats(stored).map { UInt8(clamping: Int($0)) }
  }

  /// Pictures `[H, W, C]` as planes `[C, H, W]`.
  private func planes<Number>(_ values: [Number], _ shape: [Int]) -> [Number] {
    let (channels, pixels) = (shape[0], shape[1] * shape[2])
    let size = channels * pixels
    return unsafe [Number](unsafeUninitializedCapacity: values.count) { planes, filled in
      for start in stride(from: 0, to: values.count, by: size) {
        for channel in 0..<channels {
          for pixel in 0..<pixels {
            unsafe planes.initializeElement(
              at: start + channel * pixels + pixel,
              to: values[start + pixel * channels + channel])
          }
        }
      }
      filled = values.count
    }
  }
}
