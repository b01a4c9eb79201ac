import Glibc

/// The probabilities that rows' logits are, beside the true classes.
///
/// Eight bytes are held for each row beside the logits, and the scores of one class at a time.
struct Answers {
  private let classes: Int
  /// Row-major `[rows, classes]`.
  private let logits: [Float]
  private let labels: [Int]
  /// The logarithm of the sum of each row's exponentials; not a number where the row has no answer.
  private var logarithms: [Double] = []
  private var answered = 0
  /// By the confidence of the answers: how many there are, its sum, and how many are right.
  private var counts = [Int](repeating: 0, count: bins)
  private var confidence = [Double](repeating: 0, count: bins)
  private var hits = [Double](repeating: 0, count: bins)
  private static let bins = 15

  init(_ logits: [Float], labels: [Int], classes: Int) {
    self.logits = logits
    self.labels = labels
    self.classes = classes
    logarithms.reserveCapacity(labels.count)
  }

  /// Takes up the next row, which has no answer.
  mutating func skip() { logarithms.append(.nan) }

  /// Takes up the next row.
  ///
  /// - Parameter taken: The class that is taken for it.
  mutating func add(logarithmOfSum: Double, taken: Int) {
    let row = logarithms.count
    logarithms.append(logarithmOfSum)
    answered += 1
    let probability = probability(of: taken, row: row)
    let bins = Self.bins
    let bin = min(bins - 1, max(0, Int((probability * Double(bins)).rounded(.up)) - 1))
    counts[bin] += 1
    confidence[bin] += probability
    hits[bin] += taken == labels[row] ? 1 : 0
  }

  private func probability(of label: Int, row: Int) -> Double {
    exp(Double(logits[row * classes + label]) - logarithms[row])
  }

  /// The expected calibration error over 15 equal bins of confidence (Guo et al. 2017, eq. 3).
  var calibrationError: Double {
    guard answered > 0 else { return 0 }
    return zip(confidence, hits).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(answered)
  }

  /// The bins of confidence that hold rows.
  var calibration: [ClassificationMetrics.CalibrationBin] {
    counts.indices.filter { counts[$0] > 0 }.map { bin in
      let (rows, width) = (Double(counts[bin]), Double(Self.bins))
      return ClassificationMetrics.CalibrationBin(
        low: Double(bin) / width, high: Double(bin + 1) / width, rows: counts[bin],
        confidence: confidence[bin] / rows, accuracy: hits[bin] / rows)
    }
  }

  /// The mean over classes of the Mann-Whitney statistic, ties counted half; nil beyond 100 classes
  /// and where no class has both members and others.
  var areaUnderCurve: Double? {
    guard classes <= 100 else { return nil }
    let areas = (0..<classes).compactMap { label in
      Ranking(
        logarithms.indices.lazy.filter { !logarithms[$0].isNaN }.map { row in
          (probability(of: label, row: row), labels[row] == label)
        }
      ).areaUnderCurve
    }
    return areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
  }
}
