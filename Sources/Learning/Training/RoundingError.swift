/// What a lower precision does to the first batches of a training, held against what chance does.
///
/// Rounding flips rectifiers and the like, so that a gradient errs by far more than a product does: by half
/// of what two batches differ by in a network of twenty layers. Such errors are those of another batch: they
/// differ from batch to batch, and what they cost is noise. Noise of s times a batch's own variance
/// makes a batch worth 1 / (1 + s) of its rows (McCandlish et al. 2018, section 2.2). Errors that all
/// batches share lead elsewhere, and inputs that rounding makes alike are lost: neither is bearable.
package struct RoundingError: Hashable, Sendable {
  /// The squared error of the outputs, divided by their squared distances to the mean of the rows.
  package var outputs: Double
  /// The mean squared error of a batch's gradients, divided by the variance between batches: the mean over
  /// layers, as optimizers scale the steps of each by themselves.
  package var noise: Double
  /// The squared error that all batches have in common, divided by the same variance. The estimate is
  /// unbiased, so that it may fall below 0.
  package var bias: Double

  /// A tenth of what rows differ by.
  private static let mostOfOutputs = 0.01
  /// A batch is worth five sixths of its rows.
  private static let mostNoise = 0.2
  /// A tenth of what batches differ by.
  private static let mostBias = 0.01

  /// Why the precision is too coarse; nil where it is fine.
  package var objection: String? {
    guard outputs.isFinite, noise.isFinite, bias.isFinite else {
      return "not all values are finite"
    }
    if outputs > Self.mostOfOutputs {
      return "outputs err by \(Self.percent(outputs.squareRoot())) of what rows differ by"
    }
    if bias > Self.mostBias {
      return "gradients err the same way in all batches, by \(Self.percent(bias.squareRoot())) of "
        + "what batches differ by"
    }
    return noise > Self.mostNoise ? cost : nil
  }

  /// What noise costs, in words.
  package var cost: String {
    "gradients are as noisy as with \(Self.percent(noise / (1 + noise))) fewer rows in a batch"
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}

/// What a batch gives at the first values of a network.
package struct FirstBatch: Sendable {
  /// The outputs of one row after the other.
  package var outputs: [Float]
  package var rows: Int
  /// The gradients of each layer's parameters together, as single ones may have none but rounding's: that
  /// of a bias before a batch norm.
  package var layers: [[Float]]

  package init(outputs: [Float], rows: Int, layers: [[Float]]) {
    self.outputs = outputs
    self.rows = rows
    self.layers = layers
  }
}

/// Holds batches in another precision against the same ones in full precision, one by one.
package struct RoundingComparison {
  private let exact: [FirstBatch]
  private var count = 0
  private var outputError = 0.0
  /// The sums of errors, and of their squared lengths, of each layer.
  private var errors: [[Float]]
  private var squares: [Double]

  /// - Parameter exact: The batches in full precision, two at least.
  package init(exact: [FirstBatch]) {
    precondition(exact.count >= 2, "one batch says nothing of what chance does")
    self.exact = exact
    errors = exact[0].layers.map { $0.map { _ in 0 } }
    squares = exact[0].layers.map { _ in 0 }
  }

  /// Adds the next batch in the other precision.
  package mutating func add(_ rounded: FirstBatch) {
    let exact = exact[count]
    count += 1
    outputError += Self.square(zip(exact.outputs, rounded.outputs).lazy.map { $0 - $1 })
    for layer in exact.layers.indices {
      var square = 0.0
      for index in exact.layers[layer].indices {
        let error = rounded.layers[layer][index] - exact.layers[layer][index]
        errors[layer][index] += error
        square += Double(error) * Double(error)
      }
      squares[layer] += square
    }
  }

  /// What all of them show.
  package var error: RoundingError {
    let (outputs, spread) = (outputError, outputSpread)
    var (noise, bias) = (0.0, 0.0)
    let layers = exact[0].layers.indices
    let batches = Double(count)
    for layer in layers {
      let variance = self.variance(of: layer)
      let square = squares[layer] / batches
      let common = Self.square(errors[layer].lazy.map { $0 }) / batches
      noise += Self.share(square, of: variance)
      // Errors of chance alone would have a mean of the squared length square / batches.
      bias += Self.share((common - square) / (batches - 1), of: variance)
    }
    return RoundingError(
      outputs: Self.share(outputs, of: spread), noise: noise / Double(max(layers.count, 1)),
      bias: bias / Double(max(layers.count, 1)))
  }

  /// The squared distances of all rows' outputs to their mean.
  private var outputSpread: Double {
    let rows = exact.reduce(0) { $0 + $1.rows }
    let width = exact[0].outputs.count / max(exact[0].rows, 1)
    var means = [Double](repeating: 0, count: width)
    for batch in exact {
      for (index, output) in batch.outputs.enumerated() { means[index % width] += Double(output) }
    }
    return exact.reduce(0) { sum, batch in
      sum
        + batch.outputs.enumerated().reduce(0) { sum, pair in
          let distance = Double(pair.element) - means[pair.offset % width] / Double(rows)
          return sum + distance * distance
        }
    }
  }

  /// The variance of a layer's gradients between batches, summed over its parameters.
  private func variance(of layer: Int) -> Double {
    var sum = 0.0
    for index in exact[0].layers[layer].indices {
      let mean = exact.reduce(0) { $0 + Double($1.layers[layer][index]) } / Double(exact.count)
      for batch in exact {
        let distance = Double(batch.layers[layer][index]) - mean
        sum += distance * distance
      }
    }
    return sum / Double(exact.count - 1)
  }

  private static func square(_ values: some Sequence<Float>) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }
  }

  private static func share(_ part: Double, of whole: Double) -> Double {
    part == 0 ? 0 : part / whole
  }
}
