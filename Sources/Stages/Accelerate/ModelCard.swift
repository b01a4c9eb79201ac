internal import Dataset
internal import Deployment
internal import Learning
internal import Network
internal import Tensor
internal import YAML

/// The `README.md` of a deployment: what the model does, how it is run, what was measured.
struct ModelCard {
  let description: DeploymentDescription
  let measurements: [Measurement]
  /// What was decided, in sentences.
  let decision: [String]
  let metrics: Value
  let machine: String
  /// The split on which candidates were judged.
  let split: String

  var text: String {
    """
    # \(title)

    \(decision.joined(separator: " "))

    ## Use

        anneal predict <this folder> rows.csv

    Runs on \(description.candidate.description), \(description.batch) \
    row\(description.batch == 1 ? "" : "s") at a time.

    | file | what |
    | --- | --- |
    \(fileRows)

    ## Input

    \(preparation)

    | feature | kind | shape of a row | type |
    | --- | --- | --- | --- |
    \(featureRows)

    ## Output

    \(output)

    ## Measured

    On \(machine), \(description.batch) row\(description.batch == 1 ? "" : "s") at a time; \
    the interval holds the median with about 95% probability, quality is \(quality).

    | how | median ms | interval | p99 ms | rows/s | quality | KiB | added MiB | |
    | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    \(measurements.map(row).joined(separator: "\n"))

    ## Quality

    \(qualityRows)

    """
  }

  private var quality: String {
    "\(description.target.figure) on the \(split) split"
  }

  private var title: String {
    switch description.target.task {
    case .classification: "A classifier of \(description.target.name)"
    case .regression: "A regression of \(description.target.name)"
    case .multiLabel: "Labels of \(description.target.name)"
    }
  }

  private var fileRows: String {
    let files = description.files.sorted { $0.key < $1.key }
      .map { "| `\($0.value)` | \(ModelFormat(rawValue: $0.key)?.purpose ?? $0.key) |" }
    return (files + ["| `deployment.json` | how to run it, and everything measured |"])
      .joined(separator: "\n")
  }

  private var featureRows: String {
    description.features.map { feature in
      "| `\(feature.name)` | \(feature.kind.rawValue) | \(feature.shape) | \(feature.type.rawValue) |"
    }.joined(separator: "\n")
  }

  private var preparation: String {
    let kinds = description.applied.map { "`\(type(of: $0).kind)`" }
    guard !kinds.isEmpty else {
      return "The model takes features as they are in the source; normalisation is part of it."
    }
    let way =
      "Rows of the source go through \(kinds.joined(separator: ", ")) first: `anneal predict` "
      + "does that with the values in `deployment.json`, other runtimes are given the outcome."
    return ([way] + description.applied.compactMap(\.remark)).joined(separator: " ")
  }

  private var output: String {
    let target = description.target
    let names =
      target.outputNames.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
      + (target.outputNames.count > 20 ? ", …" : "")
    switch target.task {
    case .classification:
      return "`logits`: one for each of \(names); softmax makes them probabilities."
    case .regression:
      return target.width == 1
        ? "`prediction`: the value of \(target.name)." : "`prediction`: the values of \(names)."
    case .multiLabel:
      return
        "`logits`: one for each of \(names); the logistic function makes each a probability, and a "
        + "label is given where that is above 0.5."
    }
  }

  private func row(_ measurement: Measurement) -> String {
    let timing = measurement.timing
    let interval = timing.medianInterval
    let cells = [
      measurement.candidate.description, milliseconds(timing.median),
      "\(milliseconds(interval.lowerBound))–\(milliseconds(interval.upperBound))",
      milliseconds(timing.quantile(0.99)), Rounded.text(timing.throughput, digits: 4),
      Rounded.text(measurement.quality, digits: 4), "\((measurement.size + 1023) >> 10)",
      "\(measurement.peakMemory >> 20)", measurement.objection ?? "",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private var qualityRows: String {
    let lines = (metrics.object ?? [:]).sorted { $0.key < $1.key }.map { split, values in
      let figures = (values.object ?? [:]).sorted { $0.key < $1.key }.compactMap { name, value in
        value.double.map { "\(name) \(Rounded.text($0, digits: 4))" }
      }
      return "- \(split): \(figures.joined(separator: ", "))"
    }
    return lines.isEmpty ? "No split was held out." : lines.joined(separator: "\n")
  }

  private func milliseconds(_ seconds: Double) -> String {
    Rounded.text(seconds * 1000, digits: 3)
  }
}
