internal import Diagnostics
internal import FoundationEssentials
internal import Options
internal import Pipeline
internal import Records
internal import YAML

/// What is to be said about a stage: what it does, how it stands, and what its last run gave.
struct StageHover {
  private let name: String
  private let request: DocumentRequest

  init(_ name: String, _ request: DocumentRequest) {
    self.name = name
    self.request = request
  }

  var text: String? {
    let instances = request.analyses.flatMap { analysis in
      (analysis.reading.graph?.instances ?? []).filter { $0.stage == name }
    }
    guard let kind = kind ?? instances.first.flatMap({ request.surroundings.catalog[$0.kind] })
    else { return nil }
    var parts = ["**\(name)**: \(kind.kind)\n\n\(kind.summary)"]
    if let words = instances.first?.describe, !words.isEmpty { parts.append(words) }
    if let standing { parts.append(standing) }
    if let problem = request.analyses.lazy.compactMap({ request.surveys[$0.path]?.problem }).first {
      parts.append("How it stands cannot be told: \(problem.message)")
    }
    parts += lastRuns(of: instances)
    return parts.joined(separator: "\n\n")
  }

  /// The kind as the document, or another of the pipeline's files, writes it.
  private var kind: (any Stage.Type)? {
    let files = request.workspace.pipelines(with: request.path)
      .flatMap { request.workspace.files(from: $0) }
    let outlines = ([request.path] + files).compactMap { request.workspace.outline(of: $0) }
    return StageTable(outlines).entries[name]?.value.mapping?.lazy
      .compactMap { request.surroundings.catalog[$0.key] }.first
  }

  private static let mostInstances = 6

  private var standing: String? {
    let lines = StageStanding(of: name, request.analyses, request.surveys).lines
    guard !lines.isEmpty else { return nil }
    let shown = lines.prefix(Self.mostInstances).map { line in
      let address = lines.count > 1 ? "\(Markup.code(line.address)) " : ""
      return "- \(address)\(line.word): \(line.reason)"
    }
    let rest = lines.count - shown.count
    return (shown + (rest > 0 ? ["- and \(rest) more"] : [])).joined(separator: "\n")
  }

  // MARK: The last runs

  private func lastRuns(of instances: [StageInstance]) -> [String] {
    let found = request.analyses.flatMap { analysis in
      instances.compactMap { instance in
        request.surveys[analysis.path]?.lastRuns[instance.address].map { (instance, $0) }
      }
    }
    return found.prefix(3).map { instance, run in
      let title = instances.count > 1 ? "\(Markup.code(instance.address)) last gave" : "Last gave"
      let facts = [
        "\(Markup.code(ByteCount.rounded(run.result.size)))",
        "after \(Self.seconds(run.result.seconds))",
        "in run \(Markup.code(run.run)) of \(Self.day(run.result.finished))",
      ]
      return "\(title) \(facts.joined(separator: " "))" + metrics(run.result.metrics)
    }
  }

  private static let mostMetrics = 16

  private func metrics(_ value: Value) -> String {
    let lines = request.surroundings.metricLines(value)
    guard !lines.isEmpty else { return "." }
    let shown = lines.prefix(Self.mostMetrics).map { "| \($0) | \($1) |" }
    let rest = lines.count - shown.count
    return ":\n\n| metric | value |\n| --- | ---: |\n" + shown.joined(separator: "\n")
      + (rest > 0 ? "\n| and \(rest) more | |" : "")
  }

  private static func seconds(_ seconds: Double) -> String {
    let tenths = (seconds * 10).rounded() / 10
    return "\(tenths) s"
  }

  /// Such as `2026-03-14 15:09 UTC`.
  private static func day(_ date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt).year().month().day()
        .time(includingFractionalSeconds: false)) + " UTC"
  }
}
