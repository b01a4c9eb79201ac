internal import Artifacts
internal import Diagnostics
internal import Hardware
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
      \(HTML(stage.problems.map { Self.problem($0) }))
      \(HTML(stage.warnings.map { Self.problem($0) }))
      \(curve)
      \(facts)
      <h4>Settings</h4><pre>\(YAMLEmitter.emit(stage.settings))</pre>
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

  private var curve: HTML { stage.result.flatMap { LossCurve($0.metrics)?.svg } ?? "" }

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

  /// What the planner chose and why.
  private var choices: HTML {
    let lines = (stage.plan.object ?? [:]).sorted { $0.key < $1.key }.compactMap { name, choice in
      choice["reason"]?.string.map { reason in
        let value = choice["value"] ?? .null
        let shown = value.string ?? value.canonicalJSON
        return "<tr><th>\(name)</th><td><code>\(shown)</code></td><td>\(reason)</td></tr>" as HTML
      }
    }
    guard !lines.isEmpty else { return "" }
    return "<h4>Plan</h4><div class=\"wide\"><table>\(HTML(lines))</table></div>"
  }

  private var metrics: HTML {
    guard let metrics = stage.result?.metrics, metrics.object?.isEmpty == false else { return "" }
    return "<h4>Metrics</h4><pre>\(YAMLEmitter.emit(metrics))</pre>"
  }
}
