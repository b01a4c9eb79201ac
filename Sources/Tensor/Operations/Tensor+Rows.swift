internal import CTensor
package import Diagnostics

/// What rows go through on their way to a model, in one pass: `[N, …]` uint8 or float32 in host memory.
extension Tensor {
  /// Rows by a map whose figures runs of one length share, as float32; what is NaN stays so.
  package func scaled(by scale: RowScale) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { api, out in
      unsafe withBoth(scale.low, scale.high) { low, high in
        unsafe api.row.pointee.scale(
          handle, scale.centers.count, scale.centers, scale.factors, scale.bases, low, high, out)
      }
    }
  }

  /// Adds the rows' values to the figures of the runs that each row divides into. Parts are joined in
  /// order, so that the bits do not depend on threads.
  package func add(to moments: inout [RowMoments]) throws(Diagnostic) {
    var native = moments.map(\.native)
    try Self.run(keeping: [self]) {
      unsafe $0.row.pointee.moments(handle, native.count, &native)
    }
    for index in moments.indices { moments[index].native = native[index] }
  }

  /// Counts values by some of the bits of `OrderSearch`; see there.
  func tally(
    groups: Int, _ range: Range<Int>, ranks: Int, prefixes: [UInt32], shift: Int, bits: Int,
    into counts: inout [Int64]
  ) throws(Diagnostic) {
    precondition(prefixes.count == range.count * ranks)
    precondition(counts.count == prefixes.count << bits)
    try Self.run(keeping: [self]) {
      unsafe $0.row.pointee.tally(
        handle, groups, range.lowerBound, range.count, ranks, prefixes, Int32(shift), Int32(bits),
        &counts)
    }
  }

  /// Images `[N, C, H, W]` after the steps of each, as float32.
  package func changed(by program: ImageProgram) throws(Diagnostic) -> Tensor {
    let shape = shape
    guard shape.count == 4, shape[0] == program.steps.count, shape[1] == program.fill.count else {
      throw Diagnostic("images of the shape \(shape) do not fit the changes of them")
    }
    let still = [Float](repeating: 0, count: shape[1])
    let scale =
      program.scale
      ?? RowScale(centers: still, factors: still.map { _ in 1 }, bases: still)
    guard scale.centers.count == shape[1] else {
      throw Diagnostic("\(shape[1]) channels have \(scale.centers.count) scales")
    }
    var steps: [anneal_image_step] = []
    var starts = [0]
    for image in program.steps {
      for step in image { steps.append(step.native) }
      starts.append(steps.count)
    }
    // Never null, also where nothing changes.
    if steps.isEmpty { steps.append(anneal_image_step()) }
    return try .made(keeping: self) { api, out in
      unsafe steps.withUnsafeBufferPointer { steps in
        unsafe starts.withUnsafeBufferPointer { starts in
          unsafe withFigures(program.fill, scale) { fill, centers, factors, bases in
            guard let steps = steps.baseAddress, let starts = starts.baseAddress else {
              return ANNEAL_FAILED
            }
            var native = unsafe anneal_image_program(
              steps: steps, starts: starts, interpolation: program.interpolation.code,
              border: program.border.code, fill: fill, dark: program.light.lowerBound,
              bright: program.light.upperBound, centers: centers, factors: factors, bases: bases)
            return unsafe api.row.pointee.change_images(handle, &native, out)
          }
        }
      }
    }
  }
}

/// Lends two lists that are both there or not.
private func withBoth(
  _ low: [Float]?, _ high: [Float]?,
  _ body: (UnsafePointer<Float>?, UnsafePointer<Float>?) -> Int32
) -> Int32 {
  guard let low, let high else { return body(nil, nil) }
  return unsafe low.withUnsafeBufferPointer { low in
    unsafe high.withUnsafeBufferPointer { high in
      unsafe body(low.baseAddress, high.baseAddress)
    }
  }
}

/// Lends the figures of channels, of which there is at least one.
private func withFigures(
  _ fill: [Float], _ scale: RowScale,
  _ body: (
    UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>
  ) -> Int32
) -> Int32 {
  unsafe fill.withUnsafeBufferPointer { fill in
    unsafe scale.centers.withUnsafeBufferPointer { centers in
      unsafe scale.factors.withUnsafeBufferPointer { factors in
        unsafe scale.bases.withUnsafeBufferPointer { bases in
          guard let fill = fill.baseAddress, let centers = centers.baseAddress,
            let factors = factors.baseAddress, let bases = bases.baseAddress
          else { return ANNEAL_FAILED }
          return unsafe body(fill, centers, factors, bases)
        }
      }
    }
  }
}
