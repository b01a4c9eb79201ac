internal import Artifacts
internal import Diagnostics
internal import Hardware
internal import Options
internal import Pipeline
internal import Records
internal import YAML

/// All that is known about one stage of a run, folded until it is wanted.
struct StageDetails {
  let stage: StageRecord

  var html: HTML {
    let isOpen: HTML = stage.outcome == .failed ? " open" : ""
    return """
      <details id="\(stage.anchor)"\(isOpen)><summary><b>\(stage.address)</b> \
      <span class="kind">\(stage.kind)</span></summary>
      \(description)
      \(origin)
      \(HTML(stage.problems.map { Self.problem($0) }))
      \(HTML(stage.warnings.map { Self.problem($0) }))
      \(classes)
      \(deployment)
      \(facts)
      <h4>Settings</h4><pre>\(settings)</pre>
      \(choices)
      \(metrics)
      </details>
      """
  }

  /// A diagnostic as it reads on a terminal.
  static func problem(_ diagnostic: Diagnostic) -> HTML {
    "<pre class=\"\(diagnostic.severity.rawValue)\">\(diagnostic.description)</pre>"
  }

  private var description: HTML {
    stage.describe.isEmpty ? "" : "<p>\(stage.describe)</p>"
  }

  private var origin: HTML { stage.origin.map { "<p>\($0)</p>" } ?? "" }

  private var classes: HTML {
    guard let matrix = stage.result.flatMap({ ConfusionMatrix($0.metrics) }) else { return "" }
    return "<h4>Classes</h4>\(matrix.table)"
  }

  private var deployment: HTML {
    guard let table = stage.result.flatMap({ DeploymentTable($0.metrics) }) else { return "" }
    return "<h4>Measurements</h4>\(table.html)"
  }

  private var facts: HTML {
    var rows: [(String, String)] = stage.inputs.sorted { $0.key < $1.key }.map { role, stages in
      ("input '\(role)'", stages.joined(separator: ", "))
    }
    if let result = stage.result {
      let numerics = result.numerics
      rows += [
        ("key", result.key.hex), ("output", result.output.hex), ("seed", String(result.seed)),
        ("engine", numerics.engine), ("device", numerics.device.description),
        ("precision", numerics.precision.rawValue), ("threads", String(numerics.threads)),
        ("instruction set", numerics.instructionSet.rawValue),
        ("processor time", Figure.duration(result.cpuSeconds)),
      ]
    }
    guard !rows.isEmpty else { return "" }
    let lines = rows.map { "<tr><th>\($0.0)</th><td><code>\($0.1)</code></td></tr>" as HTML }
    return "<h4>Run</h4><div class=\"wide\"><table>\(HTML(lines))</table></div>"
  }

  private var settings: String {
    YAMLEmitter.emit(stage.settings.keepingMembers { _, value in !value.isNull })
  }

  /// What the planner chose and why.
  private var choices: HTML {
    let lines = (stage.plan.object ?? [:]).sorted { $0.key < $1.key }.compactMap { name, choice in
      choice["reason"]?.string.map { reason in
        let shown = Self.words(for: choice["value"] ?? .null, of: name)
        return "<tr><th>\(name)</th><td>\(shown)</td><td>\(reason)</td></tr>" as HTML
      }
    }
    guard !lines.isEmpty else { return "" }
    return "<h4>Plan</h4><div class=\"wide\"><table>\(HTML(lines))</table></div>"
  }

  /// A choice of the planner as people read it.
  private static func words(for value: Value, of choice: String) -> String {
    switch (choice, value) {
    case (_, .string(let text)): text
    case (_, .bool(let isSo)): isSo ? "yes" : "no"
    case ("memory", .int(let bytes)): ByteCount.rounded(bytes)
    case (_, .null): "unknown"
    case (_, .object(let members)):
      members.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.canonicalJSON)" }
        .joined(separator: ", ")
    default:
      value.number.map { choice.hasSuffix("seconds") ? Figure.duration($0) : Figure.number($0) }
        ?? value.canonicalJSON
    }
  }

  /// What the page does not show elsewhere.
  private var metrics: HTML {
    guard let metrics = stage.result?.metrics, metrics.object?.isEmpty == false else { return "" }
    var shown: Set<String> = []
    if ConfusionMatrix(metrics) != nil { shown.formUnion(["classes", "confusion"]) }
    if LossCurve(metrics) != nil { shown.formUnion(["training-loss", "validation-loss"]) }
    if DeploymentTable(metrics) != nil { shown.formUnion(["decision", "measurements"]) }
    let others = metrics.keepingMembers { name, _ in !shown.contains(name) }
    return "<h4>Metrics</h4><pre>\(YAMLEmitter.emit(others))</pre>"
  }
}
