internal import Diagnostics
internal import Glibc

/// A file's bytes in memory, read as they are touched; writes to the memory do not reach the file.
final class MappedFile: Sendable {
  // An address and not a pointer: the memory stays where it is for the object's life.
  private let address: UInt
  let count: Int

  init(path: String) throws(Diagnostic) {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure("read", path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.failure("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic("'\(path)' is not a regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      address = 0
      return
    }
    let memory = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw Self.failure("map", path)
    }
    address = UInt(bitPattern: memory)
  }

  deinit {
    if count > 0 { unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count) }
  }

  /// All bytes; valid while this object lives.
  @unsafe var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }

  /// A copy of a part of the bytes.
  func copy(_ range: Range<Int>) -> [UInt8] {
    withExtendedLifetime(self) { unsafe Array(bytes[range]) }
  }

  private static func failure(_ action: String, _ path: String) -> Diagnostic {
    .system("cannot \(action) '\(path)'")
  }
}
