package import Diagnostics
internal import Glibc

/// Memory for the time of an object, zeros at first: a file without a name, where it is more than should be held,
/// which the kernel writes out and reads again as memory is wanted.
package final class ScratchMemory: Sendable {
  // An address and not a pointer: the memory stays where it is for the object's life.
  private let address: UInt
  private let count: Int

  /// - Parameters:
  ///   - contents: What it is for, in messages, such as `values`.
  ///   - folder: Where a file may be made.
  ///   - mostHeld: So many bytes are held without a file.
  /// - Throws: That the folder's disk, or memory, has no room for it.
  package init(
    bytes count: Int, of contents: String, in folder: String, mostHeld: Int = 0
  ) throws(Diagnostic) {
    self.count = count
    guard count > mostHeld else {
      address = try Self.map(count, of: contents, MAP_PRIVATE | MAP_ANONYMOUS, -1)
      return
    }
    let file = try OpenFile(unnamedIn: folder)
    // A file with holes would end the process where the disk is full.
    let code = posix_fallocate(file.descriptor, 0, off_t(count))
    guard code == 0 else {
      throw .system("cannot keep \(count) bytes of \(contents) in '\(folder)'", code: code)
    }
    address = try Self.map(count, of: contents, MAP_SHARED, file.descriptor)
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count) }

  /// All bytes; valid while this object lives.
  @unsafe package var bytes: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(
      start: UnsafeMutableRawPointer(bitPattern: address), count: count)
  }

  private static func map(
    _ count: Int, of contents: String, _ flags: Int32, _ file: Int32
  ) throws(Diagnostic) -> UInt {
    let memory = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, file, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw .system("there is no room for \(count) bytes of \(contents)")
    }
    return UInt(bitPattern: memory)
  }
}
