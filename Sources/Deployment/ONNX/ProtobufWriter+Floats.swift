internal import Artifacts
internal import Tensor

extension ProtobufWriter {
  /// Writes a repeated float field in its packed form, nothing where it is empty.
  mutating func write(packed values: [Float], field: Int) {
    guard !values.isEmpty else { return }
    write(values.littleEndianBytes, field: field)
  }
}
