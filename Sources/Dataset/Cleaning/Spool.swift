internal import Artifacts
package import Diagnostics

/// Many values in memory, or in a file without a name that is mapped where they are more than memory
/// should hold.
@safe package final class Spool<Element: BitwiseCopyable & Sendable>: Sendable {
  package let count: Int
  private let memory: ScratchMemory

  /// So many bytes stay in memory.
  private static var mostHeld: Int { 256 << 20 }

  /// - Parameter directory: Where the file lies, until it is closed.
  package init(count: Int, in directory: String) throws(Diagnostic) {
    self.count = count
    memory = try ScratchMemory(
      bytes: max(1, count) * MemoryLayout<Element>.stride, of: "values", in: directory,
      mostHeld: Self.mostHeld)
  }

  /// Lends values, zeros at first; calls at the same time have to ask for others.
  package func withValues<R>(
    _ range: Range<Int>, _ body: (UnsafeMutableBufferPointer<Element>) throws -> R
  ) rethrows -> R {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let values = unsafe memory.bytes.assumingMemoryBound(to: Element.self)
    return unsafe try body(UnsafeMutableBufferPointer(rebasing: values[range]))
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
