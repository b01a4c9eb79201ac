/// The stages of a first pipeline between its rows and what is deployed, as what the rows hold asks for.
struct FirstLearning {
  private var rows: Int?

  /// The side of the pictures in pixels; nil where there is something else too.
  private var side: Int?
  private var kinds: Set<String> = ["numbers"]

  /// Whether there are rows to choose a model by.
  private var hasValidation = true

  /// Those for a table that is not there yet.
  init() {}

  init(_ proposal: FileProposal) {
    rows = proposal.rows
    side = proposal.side
    kinds = proposal.kinds
    hasValidation = proposal.hasValidation
  }

  var text: String {
    if kinds == ["image"], let side { return ofImages(side) }
    return kinds.isDisjoint(with: ["image", "audio"]) ? ofColumns : ofTrunks
  }

  /// Whether there is something to bring to one scale.
  private var hasScale: Bool { !kinds.isDisjoint(with: ["numbers", "date", "image", "audio"]) }

  /// Whether gaps may be filled: of numbers, and of what has an own text for them.
  private var hasGaps: Bool { !kinds.isDisjoint(with: ["numbers", "date"]) }

  /// Drops and fills what a model cannot learn from, and brings numbers to one scale.
  private func preparation(per scope: String) -> (text: String, last: String) {
    let missing = hasGaps ? "\n      - missing: {fill: median}" : ""
    let cleaning = """
        whole:
          from: rows
          clean:
            - duplicates: drop\(missing)


      """
    guard hasScale else { return (cleaning, "whole") }
    return (
      cleaning + """
          scaled:
            from: whole
            normalize: {z-score: {\(scope)}}


        """, "scaled"
    )
  }

  /// A linear model beside a network, of which the better one goes on: on few rows that is often the
  /// linear one. A network alone, where nothing could be chosen by.
  private var ofColumns: String {
    let prepared = preparation(per: "per: feature")
    let matrix = hasValidation ? "\n    matrix: {network: [linear, mlp]}" : ""
    return prepared.text + """
        model:
          from: \(prepared.last)\(matrix)
          train: {model: \(hasValidation ? "\"${matrix.network}\"" : "mlp")}

      \(Self.small(from: hasValidation ? "{stage: model, pick: {min: validation.loss}}" : "model"))
      """
  }

  /// Makes the model small in the end.
  private static func small(from model: String) -> String {
    """
      small:
        from: \(model)
        quantize: {weights: int8, activations: int8}

    """
  }

  /// A trunk for each picture and sound, and one head over everything.
  private var ofTrunks: String {
    let batch = batch
    let prepared = preparation(per: "")
    return prepared.text + """
        model:
          from: \(prepared.last)
          train:
            model: {cnn: {channels: [16, 32, 64]}}
            epochs: \(epochs(batch: batch, steps: 1500, within: 10...60))
            batch: \(batch)
            schedule: {one-cycle: {peak: 0.01}}

      \(Self.small(from: "model"))
      """
  }

  private func ofImages(_ side: Int) -> String {
    let batch = batch
    // The image is halved between two convolutions, so that the last ones see most of it.
    let channels =
      side > 48 ? "[16, 32, 64, 64, 64]" : side > 16 ? "[16, 32, 64, 64]" : "[16, 32, 64]"
    let prepared = preparation(per: "per: channel")
    return prepared.text + """
        varied:
          from: \(prepared.last)
          augment:
            - crop: {padding: \(max(1, side / 16))}
            - rotate: {degrees: 10}

        model:
          from: varied
          train:
            model: {cnn: {channels: \(channels)}}
            epochs: \(epochs(batch: batch, steps: 2000, within: 10...60))
            batch: \(batch)
            schedule: {one-cycle: {peak: 0.01}}

      \(Self.small(from: "model"))
      """
  }

  /// Few rows are dealt out in small batches, or there would be too few steps.
  private var batch: Int {
    guard let rows else { return 16 }
    return rows < 5_000 ? 16 : rows < 50_000 ? 64 : 256
  }

  private func epochs(batch: Int, steps: Int, within bounds: ClosedRange<Int>) -> Int {
    guard let rows else { return min(50, bounds.upperBound) }
    let perEpoch = max(1, rows * 7 / 10 / batch)
    return min(max(steps / perEpoch, bounds.lowerBound), bounds.upperBound)
  }
}
