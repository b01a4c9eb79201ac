package import Diagnostics
internal import Glibc
internal import Synchronization

extension Tensor {
  /// Zeros in a file of a folder, which has no name and goes with the tensor: the kernel writes it out and reads
  /// it again as memory is wanted. Row-major, on the CPU, and may be written to.
  ///
  /// - Throws: A diagnostic where the folder's disk has no room for it.
  package static func zeros(
    _ shape: [Int], type: ElementType = .float32, inFileOf folder: String
  ) throws(Diagnostic) -> Tensor {
    guard let count = elementCount(of: shape), count > 0 else {
      return try zeros(shape, type: type)
    }
    let memory = try FileMemory(bytes: count * type.size, in: folder)
    return try unsafe Tensor(viewing: memory.bytes, shape: shape, type: type, owner: memory)
  }

  /// A copy in a file of a folder, outside any record of gradients.
  package func copied(toFileOf folder: String) throws(Diagnostic) -> Tensor {
    let copy = try Tensor.zeros(shape, type: type, inFileOf: folder)
    let source = try detach()
    try withoutGradients { () throws(Diagnostic) in try copy.copy(from: source) }
    return copy
  }
}

/// Memory that is a file without a name.
private final class FileMemory: Sendable {
  private static let files = Atomic(0)

  // An address and not a pointer: the memory stays where it is for the object's life.
  private let address: UInt
  private let count: Int

  init(bytes count: Int, in folder: String) throws(Diagnostic) {
    let number = Self.files.add(1, ordering: .relaxed).newValue
    let path = "\(folder)/state-\(getpid())-\(number)"
    // One that a killed process of the same number left is nobody's.
    unsafe unlink(path)
    let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("cannot create a file in '\(folder)'") }
    defer { close(descriptor) }
    unsafe unlink(path)
    // A file with holes would end the process where the disk is full.
    let code = posix_fallocate(descriptor, 0, off_t(count))
    guard code == 0 else {
      errno = code
      throw .system("cannot keep \(count) bytes of a training's state in '\(folder)'")
    }
    let memory = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw .system("cannot map a file in '\(folder)'")
    }
    address = UInt(bitPattern: memory)
    self.count = count
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count) }

  @unsafe var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }
}
