internal import Artifacts
internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Tensor
internal import YAML

/// What a trained model goes by, and where it goes wrong: files in the folder `explanation` of its artifact.
struct Explanation {
  static let folder = "explanation"

  private let methods: [ExplainMethod]
  private let dataset: Dataset
  private let target: Target
  private let network: WeightedNetwork
  private let execution: Execution
  private let split: SplitName
  private let predictions: Predictions
  private let reader: SplitReader
  /// Features without a gradient, which some methods leave out.
  private(set) var warnings: [Diagnostic] = []

  /// The most rows that are looked at, evenly spread.
  private static let mostRows = 1024
  private static let mostPictures = 8
  private static let worstRows = 24
  private static let repeats = 5

  /// - Parameters:
  ///   - model: Its network's tensors may be on any device.
  ///   - predictions: Of the splits that it was measured on, of which the one held out longest is taken.
  init?(
    _ methods: [ExplainMethod], _ model: Model, _ predictions: [SplitName: Predictions],
    on dataset: Dataset, _ execution: Execution
  ) throws {
    guard !methods.isEmpty,
      let split = [SplitName.test, .validation, .train].first(where: { predictions[$0] != nil }),
      let own = predictions[split], let reader = dataset[split], own.rows > 0
    else { return nil }
    self.methods = methods
    self.dataset = dataset
    self.split = split
    self.predictions = own
    self.reader = reader
    self.execution = execution
    target = model.target
    network = try model.network.placed(for: execution)
  }

  /// Writes everything into a model's artifact and returns the figures that belong among its metrics.
  mutating func write(to artifact: String) throws -> Value {
    let place = artifact + "/" + Self.folder
    try Folder.create(place)
    var pictures: [Value] = []
    func keep(_ name: String, _ title: String, _ svg: String) throws {
      try Folder.replaceFile("\(place)/\(name)", with: Array(svg.utf8), lasting: false)
      pictures.append(["file": .string(name), "title": .string(title)])
    }
    let review = AnswerReview(predictions, target)
    var members = review.value.object ?? [:]
    members["split"] = .string(split.rawValue)
    members["rows"] = .int(predictions.rows)
    let worst = Array(review.worst.prefix(Self.worstRows))
    members["worst"] = worstRows(worst, review)
    if let found = review.metrics, found.confusion.count <= ClassificationMetrics.largestMatrix {
      try keep("confusion.svg", "Classes", Chart.confusion(found.confusion, target.classes))
      try keep(
        "calibration.svg", "How sure and how right",
        Chart.calibration(found.calibration.map { ($0.confidence, $0.accuracy, $0.rows) }))
    } else if predictions.task == .regression {
      let points = (0..<min(predictions.rows, 2000)).map { row in
        (
          truth: Double(predictions.values[row * predictions.width]),
          answer: Double(predictions.logits[row * predictions.width])
        )
      }
      try keep("values.svg", "Answers", Chart.scatter(points, target.valueNames.first ?? ""))
    }
    let images = ExplainedPictures(dataset, reader)
    if let images {
      let rows = worst.prefix(Self.mostPictures * 3).map(\.place)
      try images.writeSheet(of: rows, to: "\(place)/worst.png")
      pictures.append(["file": "worst.png", "title": "The worst answers, the worst first"])
    }
    var metrics: [String: Value] = ["split": .string(split.rawValue)]
    if methods.contains(.permutation) {
      let results = try permutation()
      members["permutation"] = .array(
        results.map { result in
          [
            "name": .string(result.part.name), "mean": .double(result.mean),
            "deviation": .double(result.deviation),
            "losses": .array(result.losses.map(Value.double)),
          ]
        })
      metrics["permutation"] = .object(
        Dictionary(results.map { ($0.part.name, .double($0.mean)) }) { first, _ in first })
      try keep(
        "permutation.svg", "Permutation importance",
        Chart.bars(
          "loss of \(target.figure) where a column is dealt out anew",
          Self.largest(results.map { ($0.part.name, $0.mean, $0.deviation) })))
    }
    let others = methods.filter { $0 != .permutation }
    if !others.isEmpty {
      let rows = try ExplainedRows(
        dataset, reader, predictions, network, execution, most: Self.mostRows)
      members["sampled"] = .int(rows.count)
      for method in others {
        let found = try rows.shares(by: method)
        for (name, value) in found.facts { members[name] = value }
        members[method.name] = .array(
          found.columns.map { ["name": .string($0.name), "mean": .double($0.mean)] })
        guard !found.columns.isEmpty else { continue }
        try keep(
          "\(method.name).svg", method.name,
          Chart.bars(
            "\(method.name): mean of its absolute value",
            Self.largest(found.columns.map { ($0.name, $0.mean, 0) })))
      }
      if !rows.coded.isEmpty {
        members["without"] = .array(rows.coded.map(Value.string))
        warnings.append(
          Diagnostic(
            "\(others.map { "'\($0.name)'" }.joined(separator: " and ")) "
              + "\(others.count == 1 ? "says" : "say") nothing of "
              + rows.coded.map { "'\($0)'" }.joined(separator: ", ")
              + ": codes of categories and tokens have no gradient",
            severity: .warning, remedy: "'permutation' tells how much they matter"))
      }
      if let images {
        let shown = Array(worst.prefix(Self.mostPictures / 2).map(\.place))
        let even = ExplainedRows.places(predictions.rows, most: Self.mostPictures / 2)
        try images.writeMaps(
          of: shown + even.filter { !shown.contains($0) }, by: others, rows,
          to: "\(place)/maps.png")
        pictures.append([
          "file": "maps.png",
          "title": .string(
            "The worst answers and others, by " + others.map(\.name).joined(separator: ", ")),
        ])
      }
    }
    members["pictures"] = .array(pictures)
    try Folder.replaceFile(
      "\(place)/explanation.json", with: Array(Value.object(members).prettyJSON.utf8),
      lasting: false)
    return .object(metrics)
  }

  private func worstRows(_ rows: [AnswerReview.Row], _ review: AnswerReview) -> Value {
    let ids = reader.rowIDs()
    return .array(
      rows.map { row in
        let (truth, answer) = review.words(of: row.place)
        return [
          "row": .string(dataset.description.name(of: ids[row.place])), "loss": .double(row.loss),
          "truth": .string(truth), "answer": .string(answer),
        ]
      })
  }

  /// The bars that fit into a picture, the longest first.
  private static func largest(
    _ bars: [(name: String, value: Double, deviation: Double)]
  ) -> [(name: String, value: Double, deviation: Double)] {
    Array(
      bars.enumerated().sorted {
        (abs($1.element.value), $0.offset) < (abs($0.element.value), $1.offset)
      }.map(\.element).prefix(30))
  }

  private func permutation() throws -> [PermutationImportance.Result] {
    let parts = PermutationImportance.parts(of: dataset.description.features)
    // So many rows that many columns still come to an end.
    let most = min(Self.mostRows, max(128, 2_000_000 / (parts.count * Self.repeats)))
    let places = ExplainedRows.places(predictions.rows, most: most)
    let batch = try reader.gather(places)
    let input = execution.input(dataset.description.steps)
    var stream = RandomStream(seed: execution.seed, path: ["permutation"])
    let orders = (0..<Self.repeats).map { _ in stream.permutation(places.count) }
    return try PermutationImportance(
      network, input, on: batch, target, execution: execution
    ).results(for: parts, orders)
  }
}
