internal import CDeploy
internal import Diagnostics
package import Tensor

/// An input or output of a compiled model.
package struct OpenVINOPort: Hashable, Sendable {
  package let name: String
  package let type: ElementType
  /// The dimensions with the batch first; nil where one is free.
  package let shape: [Int?]

  init(_ port: anneal_deploy_port) throws(Diagnostic) {
    unsafe name = OpenVINO.text(port.name)
    type = try unsafe ElementType(openVINO: OpenVINO.text(port.type))
    shape = unsafe withUnsafeBytes(of: port.shape) { bytes in
      unsafe bytes.bindMemory(to: Int64.self).prefix(Int(port.rank)).map { $0 < 0 ? nil : Int($0) }
    }
  }
}

extension ElementType {
  /// The type that OpenVINO calls by the given name.
  init(openVINO name: String) throws(Diagnostic) {
    guard let type = Self.openVINONames.first(where: { $0.value == name })?.key else {
      throw Diagnostic("OpenVINO uses the element type '\(name)', which is not served")
    }
    self = type
  }

  /// OpenVINO's name for the type.
  var openVINOName: String { Self.openVINONames[self] ?? "dynamic" }

  private static let openVINONames: [ElementType: String] = [
    .float32: "f32", .float64: "f64", .float16: "f16", .bfloat16: "bf16", .uint8: "u8",
    .int8: "i8", .int32: "i32", .int64: "i64", .bool: "boolean",
  ]
}
