internal import Artifacts
internal import Diagnostics
internal import Processes
internal import YAML

/// `anneal predict`: answers for new rows with the deployment of a pipeline.
struct PredictCommand: Command {
  var deployment = ""
  var inputs: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var limit: Int?
  var json = false

  static let name = "predict"
  static let summary = "Answers for new rows with a pipeline's deployment."
  static let discussion =
    "DEPLOYMENT is the folder of an accelerate stage's artifact, a pipeline file, or "
    + "PIPELINE:STAGE where it has several."

  static var parameters: [Parameter<Self>] {
    argument("DEPLOYMENT", \.deployment, "A folder, a pipeline, or PIPELINE:STAGE.")
    arguments("INPUT", \.inputs, "Tables (CSV, TSV) or images (PNG, JPEG).")
    changeOptions(\.changes)
    option("limit", \.limit, "ROWS", "The most rows to answer for.")
    storeOption(\.store, insteadOf: .besidePipeline)
    flag("json", \.json, "Print the answers as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard !inputs.isEmpty else {
      throw UsageError("INPUT is missing", remedy: "name a table or images to answer for")
    }
    let place = try DeploymentPlace(deployment, store: store, changes)
    let folder: String
    do {
      folder = try place.folder()
    } catch let problems as Diagnostics {
      console.say(problems, sources: place.sources(for: problems))
      return .wrong
    }
    let words = ["--", folder] + inputs
    let options = limit.map { ["--limit", "\($0)"] } ?? []
    let finished = try OwnProcess.run([InferCommand.name] + options + words)
    guard finished.ending == .exited(0) else {
      console.say(Self.text(finished.errors))
      if case .signalled = finished.ending {
        throw Diagnostic(
          "predicting was ended by \(finished.ending)", remedy: "run 'anneal doctor'")
      }
      return .failed
    }
    let answers = try Value(parsingJSON: finished.output, file: "answers")
    if json { console.write(answers) } else { console.write(table(answers.array ?? [])) }
    return .done
  }

  private func table(_ answers: [Value]) -> TextTable {
    let hasProbability = answers.contains { $0["probability"] != nil }
    let rows = answers.map { answer in
      let row = answer["row"] ?? answer["file"] ?? .null
      let prediction = answer["prediction"] ?? .null
      let cells = [Self.text(row), Self.text(prediction)]
      guard hasProbability else { return cells }
      let percent = ((answer["probability"]?.double ?? 0) * 1000).rounded() / 10
      return cells + ["\(percent)%"]
    }
    let headings = [answers.first?["file"] == nil ? "row" : "file", "prediction"]
    return TextTable(
      headings: hasProbability ? headings + ["probability"] : headings, rows: rows,
      rightAligned: hasProbability ? [2] : [])
  }

  private static func text(_ value: Value) -> String {
    value.string ?? value.double.map { MetricsText.text($0) } ?? value.canonicalJSON
  }

  /// Bytes that a child wrote for people, without the last line break.
  private static func text(_ bytes: [UInt8]) -> String {
    var bytes = bytes[...]
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
