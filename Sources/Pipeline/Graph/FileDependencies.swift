internal import Artifacts
internal import Diagnostics

/// Has stages that read files which others write wait for those.
///
/// Otherwise whether such a stage finds the old file, the new one or none would depend on which of the two
/// is quicker. A path counts as it is written, a pattern with wildcards where it may match; of the latter
/// kind one that leads in a circle is told of and left at that.
struct FileDependencies {
  /// The instances, each with what it waits for and after all of that; otherwise in their order.
  private(set) var instances: [StageInstance]
  private(set) var problems: [Diagnostic] = []

  private struct Edge: Hashable {
    let reader: Int
    let writer: Int
    let pattern: String

    var isLiteral: Bool { pattern.firstWildcard == nil }

    /// Whether it may be what closes a circle, because the writer stands behind the reader.
    var isInverted: Bool { writer > reader }
  }

  private let positions: [String: Int]

  /// - Parameter instances: Those of a pipeline in the order in which they run.
  init(_ instances: [StageInstance]) {
    self.instances = instances
    let written = WrittenPaths(instances)
    guard !written.isEmpty else {
      positions = [:]
      return
    }
    positions = Dictionary(instances.enumerated().map { ($0.element.address, $0.offset) }) { $1 }
    var edges = edges(written)
    guard !edges.isEmpty else { return }
    var needs = needs(with: edges)
    var blocked = Self.blocked(needs)
    if !blocked.isEmpty {
      let doubtful = edges.filter { edge in
        !edge.isLiteral && edge.isInverted && blocked.contains(edge.reader)
          && Self.waits(edge.writer, for: edge.reader, needs)
      }
      problems += warnings(about: doubtful)
      edges.removeAll(where: Set(doubtful).contains)
      needs = self.needs(with: edges)
      blocked = Self.blocked(needs)
    }
    guard blocked.isEmpty else {
      problems.append(circle(among: blocked, edges))
      return
    }
    let waiting = Dictionary(grouping: edges, by: \.reader)
    self.instances = Self.order(needs).map { position in
      guard let edges = waiting[position] else { return instances[position] }
      return instances[position].waiting(
        for: edges.map { FileDependency(writer: instances[$0.writer].address, pattern: $0.pattern) }
      )
    }
  }

  /// What is read of others that the reader does not wait for anyhow, for each writer the first pattern.
  private func edges(_ written: WrittenPaths) -> [Edge] {
    var edges: [Edge] = []
    for (reader, instance) in instances.enumerated() where !instance.isRuledOut {
      var seen: Set<Int> = [reader]
      for pattern in instance.settings.files where !pattern.isAddress {
        for writer in written.writers(of: pattern, in: instance.directory).sorted()
        where seen.insert(writer).inserted && !waits(instance, for: writer) {
          edges.append(Edge(reader: reader, writer: writer, pattern: pattern))
        }
      }
    }
    return edges
  }

  /// Whether an instance begins only after another one is through.
  private func waits(_ instance: StageInstance, for writer: Int) -> Bool {
    var open = instance.dependencies.compactMap { positions[$0] }
    var seen = Set(open)
    while let next = open.popLast() {
      if next == writer { return true }
      // What comes before the writer cannot wait for it.
      guard next > writer else { continue }
      for dependency in instances[next].dependencies.compactMap({ positions[$0] })
      where seen.insert(dependency).inserted {
        open.append(dependency)
      }
    }
    return false
  }

  /// For each instance the positions of what it waits for, in ascending order.
  private func needs(with edges: [Edge]) -> [[Int]] {
    var needs = instances.map { instance in
      Set(instance.dependencies.compactMap { positions[$0] })
    }
    for edge in edges { needs[edge.reader].insert(edge.writer) }
    return needs.map { $0.sorted() }
  }

  /// The instances that are on a circle or wait for one.
  private static func blocked(_ needs: [[Int]]) -> Set<Int> {
    var users = [[Int]](repeating: [], count: needs.count)
    for (position, needed) in needs.enumerated() {
      for need in needed { users[need].append(position) }
    }
    var missing = needs.map(\.count)
    var ready = needs.indices.filter { missing[$0] == 0 }
    var blocked = Set(needs.indices)
    while let next = ready.popLast() {
      blocked.remove(next)
      for user in users[next] {
        missing[user] -= 1
        if missing[user] == 0 { ready.append(user) }
      }
    }
    return blocked
  }

  /// Whether one instance begins only after another one is through, by all that is known.
  private static func waits(_ reader: Int, for writer: Int, _ needs: [[Int]]) -> Bool {
    var open = [reader]
    var seen: Set<Int> = [reader]
    while let next = open.popLast() {
      if next == writer { return true }
      open += needs[next].filter { seen.insert($0).inserted }
    }
    return false
  }

  /// The positions as they are, but for those that come late for one before: they are moved before it.
  ///
  /// - Parameter needs: without a circle.
  private static func order(_ needs: [[Int]]) -> [Int] {
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: needs.count)
    for start in needs.indices {
      var open = [start]
      while let last = open.popLast() {
        guard !isDone[last] else { continue }
        let missing = needs[last].filter { !isDone[$0] }
        if missing.isEmpty {
          order.append(last)
          isDone[last] = true
        } else {
          open.append(last)
          open += missing.reversed()
        }
      }
    }
    return order
  }

  /// A warning at each stage whose wildcards take in what is made from its own output.
  private func warnings(about edges: [Edge]) -> [Diagnostic] {
    var seen: Set<String> = []
    return edges.filter { seen.insert(instances[$0.reader].stage).inserted }.map { edge in
      let (reader, writer) = (instances[edge.reader], instances[edge.writer])
      return Diagnostic(
        "stage '\(reader.stage)' reads '\(edge.pattern)', which '\(writer.stage)' writes to after it",
        at: reader.range, severity: .warning, remedy: "name the files that are meant",
        notes: [Note("'\(writer.stage)' is here", at: writer.range)])
    }
  }

  /// The circle that is left among instances that cannot be put in order.
  private func circle(among blocked: Set<Int>, _ edges: [Edge]) -> Diagnostic {
    var path: [Int] = []
    var current = blocked.min() ?? 0
    while !path.contains(current) {
      path.append(current)
      let own = instances[current].dependencies.compactMap { positions[$0] }
      let read = edges.filter { $0.reader == current }.map(\.writer)
      current = (own + read).first(where: blocked.contains) ?? current
    }
    let circle = Array(path[(path.firstIndex(of: current) ?? 0)...])
    let readers = edges.filter { circle.contains($0.reader) && circle.contains($0.writer) }
    let names = circle.map { instances[$0].address }.shortened() + [instances[circle[0]].address]
    return Diagnostic(
      "stages wait for each other in a circle: \(names.joined(separator: " → "))",
      at: instances[readers.first?.reader ?? circle[0]].range,
      remedy: "let one of them read a file that none of the others writes",
      notes: readers.prefix(3).map { edge in
        Note(
          "'\(instances[edge.reader].address)' reads '\(edge.pattern)', which "
            + "'\(instances[edge.writer].address)' writes", at: instances[edge.reader].range)
      })
  }
}
