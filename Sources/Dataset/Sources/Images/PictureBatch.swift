package import Diagnostics
internal import Dispatch
internal import Synchronization

/// Some pictures being decoded by several threads, in the order of their sources.
package final class PictureBatch: Sendable {
  private let sources: ArraySlice<PictureSource>
  private let reader: PictureReader

  /// Where the pictures lie one after the other; written by those who claimed their places.
  private let address: UInt

  private let claimed = Atomic<Int>(0)
  private let bad = Mutex<[Int: Diagnostic]>([:])
  private let work = DispatchGroup()

  init(_ sources: ArraySlice<PictureSource>, by reader: PictureReader) {
    self.sources = sources
    self.reader = reader
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, sources.count * reader.byteCount), alignment: 64)
    address = UInt(bitPattern: memory)
  }

  deinit { unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }

  package var count: Int { sources.count }

  /// The place of the first picture among all that are read.
  package var start: Int { sources.startIndex }

  /// Why pictures cannot be read, by their place in the batch.
  package var problems: [Int: Diagnostic] { bad.withLock { $0 } }

  /// The places of the pictures that could be read.
  package var good: [Int] {
    let problems = problems
    return (0..<count).filter { problems[$0] == nil }
  }

  /// The pictures that could be read, one after the other.
  package var values: ColumnValues {
    switch reader.depth {
    case .bits8: .uint8(elements())
    case .bits16: .float32(elements())
    }
  }

  /// Has a thread decode what no other has claimed.
  func add(to queue: DispatchQueue) {
    queue.async(group: work) { [self] in
      while true {
        let place = claimed.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < count else { return }
        decode(place)
      }
    }
  }

  func wait() { work.wait() }

  /// Leaves what nobody has begun.
  func cancel() { claimed.store(count, ordering: .relaxed) }

  private func decode(_ place: Int) {
    let source = sources[sources.startIndex + place]
    guard
      let planes = unsafe UnsafeMutableRawPointer(
        bitPattern: address + UInt(place * reader.byteCount))
    else { return }
    do throws(Diagnostic) {
      unsafe try ImageCodec.decode(source.whole(), by: reader, to: planes)
    } catch {
      let problem = source.naming(error)
      bad.withLock { $0[place] = problem }
    }
  }

  private func elements<T: BitwiseCopyable>() -> [T] {
    let good = good
    let bytes = reader.byteCount
    let size = good.count * reader.picture.count
    return unsafe [T](unsafeUninitializedCapacity: size) { buffer, filled in
      let out = UnsafeMutableRawBufferPointer(buffer)
      guard let memory = unsafe UnsafeRawPointer(bitPattern: address) else { return }
      if good.count == count {
        unsafe out.copyMemory(from: UnsafeRawBufferPointer(start: memory, count: count * bytes))
      } else {
        for (index, place) in good.enumerated() {
          let picture = unsafe UnsafeRawBufferPointer(start: memory + place * bytes, count: bytes)
          unsafe UnsafeMutableRawBufferPointer(rebasing: out[(index * bytes)...])
            .copyMemory(from: picture)
        }
      }
      filled = size
    }
  }
}
