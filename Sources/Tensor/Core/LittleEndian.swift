/// Numbers as the little-endian bytes that ONNX's `raw_data` and safetensors hold, and back.
extension Array where Element: BitwiseCopyable {
  /// The elements' bytes in order. Every machine that Anneal runs on is little-endian.
  package var littleEndianBytes: [UInt8] {
    unsafe withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// The elements whose bytes these are, or nil where the count is not a multiple of an element's
  /// size.
  package init?(littleEndianBytes bytes: some Collection<UInt8>) {
    guard bytes.count.isMultiple(of: MemoryLayout<Element>.stride) else { return nil }
    let contiguous = [UInt8](bytes)
    self = unsafe contiguous.withUnsafeBytes { raw in
      (0..<contiguous.count / MemoryLayout<Element>.stride).map { index in
        unsafe raw.loadUnaligned(
          fromByteOffset: index * MemoryLayout<Element>.stride, as: Element.self)
      }
    }
  }
}
