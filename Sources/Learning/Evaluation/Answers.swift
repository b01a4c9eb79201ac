/// The class probabilities of rows, beside the classes that were taken for them and the true ones.
struct Answers {
  private let classes: Int
  /// Row-major `[rows, classes]`.
  private var probabilities: [Double] = []
  private var taken: [Int] = []
  private var labels: [Int] = []

  init(classes: Int) {
    self.classes = classes
  }

  /// - Parameter probabilities: One for each class, all finite.
  mutating func add(_ probabilities: [Double], taken: Int, label: Int) {
    self.probabilities += probabilities
    self.taken.append(taken)
    labels.append(label)
  }

  /// The expected calibration error over 15 equal bins of confidence (Guo et al. 2017, eq. 3).
  var calibrationError: Double {
    guard !labels.isEmpty else { return 0 }
    let bins = 15
    var confidence = [Double](repeating: 0, count: bins)
    var hits = confidence
    for (row, prediction) in taken.enumerated() {
      let probability = probabilities[row * classes + prediction]
      let bin = min(bins - 1, max(0, Int((probability * Double(bins)).rounded(.up)) - 1))
      confidence[bin] += probability
      hits[bin] += prediction == labels[row] ? 1 : 0
    }
    return zip(confidence, hits).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(labels.count)
  }

  /// The mean over classes of the Mann-Whitney statistic, ties counted half; nil beyond 100 classes
  /// and where no class has both members and others.
  var areaUnderCurve: Double? {
    guard classes <= 100 else { return nil }
    let areas = (0..<classes).compactMap { label -> Double? in
      let scores = labels.indices.map { probabilities[$0 * classes + label] }
      return Ranking(scores, isMember: labels.map { $0 == label }).areaUnderCurve
    }
    return areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
  }
}
