/// How one tensor differs between two safetensors files; no native library is needed for it.
package struct TensorComparison {
  private let name: String
  private let old: SafeTensors
  private let new: SafeTensors

  package init(_ name: String, _ old: SafeTensors, _ new: SafeTensors) {
    self.name = name
    self.old = old
    self.new = new
  }

  /// `nil` where every bit agrees.
  package var sentence: String? {
    guard let before = old.bytes(of: name), let type = old.type(of: name) else {
      return "tensor '\(name)' is new"
    }
    guard let after = new.bytes(of: name) else { return "tensor '\(name)' is missing" }
    guard new.type(of: name) == type, new.shape(of: name) == old.shape(of: name) else {
      return "tensor '\(name)' has another type or shape"
    }
    guard before != after else { return nil }
    var different = 0
    var largest = 0.0
    let count = before.count / type.size
    for index in 0..<count {
      let place = index * type.size..<(index + 1) * type.size
      guard before[place] != after[place] else { continue }
      different += 1
      let distance = (Self.number(before[place], type) - Self.number(after[place], type)).magnitude
      largest = max(largest, distance.isNaN ? .infinity : distance)
    }
    return "tensor '\(name)' differs in \(different) of \(count) values, by at most \(largest)"
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ type: ElementType) -> Double {
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return switch type {
    case .float32: Double(Float(bitPattern: UInt32(bits)))
    case .float64: Double(bitPattern: bits)
    case .float16: Double(Float16(bitPattern: UInt16(bits)))
    case .bfloat16: Double(Float(bitPattern: UInt32(bits) << 16))
    case .uint8, .bool: Double(bits)
    case .int8: Double(Int8(truncatingIfNeeded: bits))
    case .int32: Double(Int32(truncatingIfNeeded: bits))
    case .int64: Double(Int64(bitPattern: bits))
    }
  }
}
