internal import Diagnostics
internal import YAML

extension OccurrenceFinder {
  /// Finds the names in a search: the paths that it varies, and the stages of its metrics.
  mutating func read(search: Node.Entry) {
    for change in search.value["over"]?.mapping ?? [] {
      read(change: change)
      for wanted in change.value["when"]?.mapping ?? [] { read(change: wanted) }
    }
    for key in ["maximize", "minimize"] {
      guard let goals = search.value[key] else { continue }
      for goal in goals.sequence ?? [goals] { read(metric: goal) }
    }
    for key in ["floor", "ceiling"] {
      for bound in search.value[key]?.mapping ?? [] {
        let name = String(bound.key.prefix { $0 != "." && $0 != "@" })
        guard var range = bound.nameRange, !name.isEmpty else { continue }
        range.length = name.unicodeScalars.count
        add(Occurrence(.stage(name), at: range, within: bound.keyRange))
      }
    }
  }

  private mutating func read(metric node: Node) {
    guard let text = node.scalar?.value.string else { return }
    let name = String(text.prefix { $0 != "." && $0 != "@" })
    guard !name.isEmpty else { return }
    let range = node.range(ofPartAt: 0, length: name.unicodeScalars.count)
    add(Occurrence(.stage(name), at: range, within: node.range))
  }
}
