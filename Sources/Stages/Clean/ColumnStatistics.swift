/// Figures of one column's present values, found in place: the values change their order, and nothing is
/// copied.
@safe struct ColumnStatistics {
  private let values: UnsafeMutableBufferPointer<Float>

  /// - Parameter values: None of them NaN.
  init(_ values: UnsafeMutableBufferPointer<Float>) {
    unsafe self.values = values
  }

  var isEmpty: Bool { unsafe values.isEmpty }

  /// The same of finite values alone.
  var finite: ColumnStatistics {
    var all = unsafe values
    let count = unsafe all.partition { !$0.isFinite }
    return unsafe ColumnStatistics(UnsafeMutableBufferPointer(rebasing: all[..<count]))
  }

  var mean: Double { unsafe values.reduce(0) { $0 + Double($1) } / Double(values.count) }

  /// The population's standard deviation.
  var deviation: Double {
    let mean = mean
    let sum = unsafe values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return unsafe (sum / Double(values.count)).squareRoot()
  }

  /// The quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
  func quantile(_ share: Double) -> Double {
    let place = unsafe share * Double(values.count - 1)
    let low = Int(place.rounded(.down))
    let below = Double(select(low))
    guard place > Double(low) else { return below }
    // Selecting left all that is no smaller behind the place.
    let above = unsafe Double(values[(low + 1)...].min() ?? values[low])
    return below + (above - below) * (place - Double(low))
  }

  /// The most frequent value, the least of several.
  var mode: Float {
    var values = unsafe self.values
    unsafe values.sort()
    var best = unsafe (value: values[0], count: 0)
    var start = 0
    while start < values.count {
      var end = start
      while unsafe end < values.count && values[end] == values[start] { end += 1 }
      if end - start > best.count { best = unsafe (values[start], end - start) }
      start = end
    }
    return best.value
  }

  /// The median of the distances to the median, scaled to a normal distribution's deviation; the values
  /// become these distances.
  var medianDeviation: (median: Double, deviation: Double) {
    let median = quantile(0.5)
    for index in unsafe values.indices {
      unsafe values[index] = Float(abs(Double(values[index]) - median))
    }
    return (median, quantile(0.5) * 1.482_602_218_505_602)
  }

  /// The value at a place of the sorted values (Hoare 1961): it is put there, no greater ones before it and
  /// no smaller ones behind.
  private func select(_ place: Int) -> Float {
    var low = 0
    var high = unsafe values.count - 1
    var rounds = 0
    while low < high {
      rounds += 1
      if rounds > 128 {
        // What defeats every choice of a pivot is sorted.
        var values = unsafe self.values
        unsafe values[low...high].sort()
        break
      }
      let pivot = unsafe middle(values[low], values[(low + high) / 2], values[high])
      var (left, right) = (low, high)
      while left <= right {
        while unsafe values[left] < pivot { left += 1 }
        while unsafe values[right] > pivot { right -= 1 }
        if left <= right {
          unsafe values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { break }
    }
    return unsafe values[place]
  }

  private func middle(_ a: Float, _ b: Float, _ c: Float) -> Float {
    max(min(a, b), min(max(a, b), c))
  }
}
