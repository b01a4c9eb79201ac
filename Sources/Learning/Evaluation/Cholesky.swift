/// The factor L of a symmetric positive definite matrix A = L Lᵀ (Golub and Van Loan 2013, algorithm
/// 4.2.1), in double precision.
struct Cholesky {
  private let size: Int
  /// Row-major; the upper triangle is not used.
  private var factor: [Double]

  /// - Parameter matrix: Row-major `[size, size]`; only its lower triangle is read.
  /// - Returns: Nothing where the matrix is not positive definite.
  init?(_ matrix: [Double], size: Int) {
    precondition(matrix.count == size * size)
    self.size = size
    factor = matrix
    for row in 0..<size {
      for column in 0...row {
        var sum = factor[row * size + column]
        for place in 0..<column {
          sum -= factor[row * size + place] * factor[column * size + place]
        }
        guard row == column else {
          factor[row * size + column] = sum / factor[column * size + column]
          continue
        }
        guard sum > 0, sum.isFinite else { return nil }
        factor[row * size + row] = sum.squareRoot()
      }
    }
  }

  /// Solves A x = b.
  func solve(_ right: [Double]) -> [Double] {
    var values = right
    for row in 0..<size {
      for place in 0..<row { values[row] -= factor[row * size + place] * values[place] }
      values[row] /= factor[row * size + row]
    }
    for row in (0..<size).reversed() {
      for place in row + 1..<size { values[row] -= factor[place * size + row] * values[place] }
      values[row] /= factor[row * size + row]
    }
    return values
  }
}
