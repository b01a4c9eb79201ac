internal import Diagnostics
internal import Tensor

/// The fields of one ONNX message, read as the types that the schema gives them.
struct ONNXMessage {
  typealias Field = ProtobufReader.Field

  private var reader: ProtobufReader
  private let subject: String

  init(_ bytes: ArraySlice<UInt8>, _ subject: String) {
    reader = ProtobufReader(bytes)
    self.subject = subject
  }

  mutating func next() throws(Diagnostic) -> Field? { try reader.next() }

  func integer(_ field: Field) throws(Diagnostic) -> Int64 {
    guard case .varint(let value) = field.value else { throw mistyped(field) }
    return Int64(bitPattern: value)
  }

  func float(_ field: Field) throws(Diagnostic) -> Float {
    guard case .fixed32(let bits) = field.value else { throw mistyped(field) }
    return Float(bitPattern: bits)
  }

  func bytes(_ field: Field) throws(Diagnostic) -> ArraySlice<UInt8> {
    guard case .bytes(let bytes) = field.value else { throw mistyped(field) }
    return bytes
  }

  func text(_ field: Field) throws(Diagnostic) -> String {
    guard let text = String(validating: try bytes(field), as: UTF8.self) else {
      throw Diagnostic("the ONNX file has text that is not UTF-8, at byte \(field.offset)")
    }
    return text
  }

  /// A repeated field's integers, whether it is packed or has one entry each.
  func integers(_ field: Field) throws(Diagnostic) -> [Int64] {
    if case .bytes(let bytes) = field.value { return try ProtobufReader.packedIntegers(bytes) }
    return [try integer(field)]
  }

  /// A repeated field's floats, whether it is packed or has one entry each.
  func floats(_ field: Field) throws(Diagnostic) -> [Float] {
    guard case .bytes(let bytes) = field.value else { return [try float(field)] }
    guard let values = [Float](littleEndianBytes: bytes) else { throw mistyped(field) }
    return values
  }

  private func mistyped(_ field: Field) -> Diagnostic {
    Diagnostic(
      "the ONNX file has field \(field.number) of \(subject) in an unexpected form, "
        + "at byte \(field.offset)")
  }
}
