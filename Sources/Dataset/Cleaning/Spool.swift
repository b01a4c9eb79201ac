package import Diagnostics
internal import Glibc
internal import Synchronization

/// Many values in memory, or in a file without a name that is mapped where they are more than memory
/// should hold.
@safe package final class Spool<Element: BitwiseCopyable & Sendable>: Sendable {
  package let count: Int
  private let address: UInt
  private let bytes: Int

  /// - Parameter directory: Where the file lies, until it is closed.
  package init(count: Int, in directory: String) throws(Diagnostic) {
    self.count = count
    bytes = max(1, count) * MemoryLayout<Element>.stride
    address = try SpoolRoom.map(bytes, in: directory)
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), bytes) }

  /// Lends values, zeros at first; calls at the same time have to ask for others.
  package func withValues<R>(
    _ range: Range<Int>, _ body: (UnsafeMutableBufferPointer<Element>) throws -> R
  ) rethrows -> R {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let start = unsafe UnsafeMutablePointer<Element>(bitPattern: address)
    return unsafe try body(
      UnsafeMutableBufferPointer(
        start: start.map { unsafe $0 + range.lowerBound }, count: range.count))
  }

  /// Puts values in from a place on.
  package func write(_ values: some Collection<Element>, at place: Int) {
    unsafe withValues(place..<place + values.count) { buffer in
      _ = unsafe buffer.update(fromContentsOf: values)
    }
  }

  package func read(_ range: Range<Int>) -> [Element] {
    unsafe withValues(range) { unsafe Array($0) }
  }
}

/// Where the values of spools lie.
private enum SpoolRoom {
  /// So many bytes stay in memory.
  private static let most = 256 << 20

  private static let files = Atomic<Int>(0)

  static func map(_ bytes: Int, in directory: String) throws(Diagnostic) -> UInt {
    let isFile = bytes > most
    let file = isFile ? try self.file(of: bytes, in: directory) : -1
    let kind = isFile ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS
    let mapped = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, kind, file, 0)
    let code = errno
    if isFile { close(file) }
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw .system("there is no room for \(bytes) bytes of values", code: code)
    }
    return UInt(bitPattern: mapped)
  }

  private static func file(of bytes: Int, in directory: String) throws(Diagnostic) -> Int32 {
    let number = files.add(1, ordering: .relaxed).newValue
    let path = "\(directory)/.values-\(getpid())-\(number)"
    let file = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system("cannot write '\(path)'", code: errno) }
    unsafe unlink(path)
    guard ftruncate(file, bytes) == 0 else {
      let code = errno
      close(file)
      throw .system("cannot write '\(path)'", code: code)
    }
    return file
  }
}
