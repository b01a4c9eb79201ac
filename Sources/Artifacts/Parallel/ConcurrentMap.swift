internal import Dispatch
internal import Synchronization

extension Array where Element: Sendable {
  /// What a function makes of each element, in the order of the elements, worked out on all cores.
  ///
  /// - Parameter grain: how many neighbours are worth a worker's attention; a list that is no longer
  ///   stays with the caller.
  package func concurrentMap<Result: Sendable>(
    grain: Int, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    concurrentParts(grain: grain) { part in part.map(transform) }
  }

  /// The same for parts of neighbours, of which each gives a list as long as itself.
  package func concurrentParts<Result: Sendable>(
    grain: Int, _ transform: @Sendable (ArraySlice<Element>) -> [Result]
  ) -> [Result] {
    guard count > grain else { return transform(self[...]) }
    let starts = Array<Int>(stride(from: 0, to: count, by: grain))
    let parts = Mutex<[Int: [Result]]>([:])
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      let part = transform(self[starts[index]..<Swift.min(count, starts[index] + grain)])
      parts.withLock { $0[index] = part }
    }
    let done = parts.withLock { $0 }
    return starts.indices.flatMap { done[$0] ?? [] }
  }
}

extension Array where Element: Sendable & FixedWidthInteger {
  /// Numbers worked out on all cores, each by its place.
  ///
  /// - Parameter grain: how many neighbours are worth a worker's attention; a list that is no longer
  ///   stays with the caller.
  package init(
    concurrentCount count: Int, grain: Int, _ element: @Sendable (Int) -> Element
  ) {
    unsafe self.init(unsafeUninitializedCapacity: count) { buffer, filled in
      filled = count
      // Each part is written by one worker alone.
      nonisolated(unsafe) let numbers = unsafe buffer
      @Sendable func fill(_ places: Range<Int>) {
        for place in places { unsafe numbers.initializeElement(at: place, to: element(place)) }
      }
      guard count > grain else { return fill(0..<count) }
      DispatchQueue.concurrentPerform(iterations: (count + grain - 1) / grain) { part in
        fill(part * grain..<Swift.min(count, (part + 1) * grain))
      }
    }
  }
}
