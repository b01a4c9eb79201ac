internal import Hardware
internal import Records

/// What a run ran in and was asked for with, as a table.
struct SurroundingsTable {
  private let run: RunRecord

  init(_ run: RunRecord) {
    self.run = run
  }

  /// The table, or nothing where the run was recorded without it.
  var html: HTML {
    let lines = run.surroundings.map { name, text in
      "<tr><th>\(name)</th><td><code>\(text)</code></td></tr>" as HTML
    }
    guard !lines.isEmpty else { return "" }
    return """
      <section><h2>Environment</h2><div class="wide"><table>\(HTML(lines))</table></div></section>
      """
  }
}
