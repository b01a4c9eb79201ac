package import Diagnostics

extension Ledger {
  /// Gives a run a tag, which further runs may have too.
  package func tag(_ run: String, _ name: String) throws(Diagnostic) {
    try rows("INSERT OR IGNORE INTO tags (run, name) VALUES (?, ?)", [.text(run), .text(name)])
  }

  package func untag(_ run: String, _ name: String) throws(Diagnostic) {
    try rows("DELETE FROM tags WHERE run = ? AND name = ?", [.text(run), .text(name)])
  }

  /// Replaces what is said of a run; an empty text removes it.
  package func note(_ run: String, _ text: String) throws(Diagnostic) {
    try rows("UPDATE runs SET note = ? WHERE id = ?", [.text(text), .text(run)])
  }

  /// All tags that some run has, sorted.
  package func tags() throws(Diagnostic) -> [String] {
    guard version >= 2 else { return [] }
    var names: [String] = []
    for row in try rows("SELECT DISTINCT name FROM tags ORDER BY name") {
      names.append(try row.text("name"))
    }
    return names
  }
}
