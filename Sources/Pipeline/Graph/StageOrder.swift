internal import Artifacts
internal import Diagnostics

/// The order in which stages can be worked out, and the circles that stand in its way.
struct StageOrder {
  /// The positions of the declarations, each after those that it needs; in the order of the file where
  /// that leaves a choice. Stages that are on a circle or need one are left out.
  private(set) var order: [Int] = []

  /// The positions that are left out.
  private(set) var blocked: [Int] = []
  private(set) var problems = Diagnostics()

  private let declarations: [StageDeclaration]
  private var needs: [[Int]] = []

  init(_ declarations: [StageDeclaration]) {
    self.declarations = declarations
    findNeeds()
    sort()
    findCircles()
  }

  private mutating func findNeeds() {
    let positions = Dictionary(
      declarations.enumerated().map { ($0.element.name, $0.offset) }
    ) { first, _ in first }
    let names = declarations.map(\.name)
    var suggestions = NameSuggestions()
    for declaration in declarations {
      var needed: [Int] = []
      for upstream in declaration.upstream {
        if let position = positions[upstream.stage] {
          needed.append(position)
        } else {
          let last = upstream.stage.split { "./".contains($0) }.last.map(String.init) ?? ""
          let others = names.lazy.filter { $0 != declaration.name }
          let near =
            last != upstream.stage && positions[last] != nil && last != declaration.name
            ? last : suggestions.nearest(to: upstream.stage, in: others)
          problems.add(unknown(upstream, near: near, named: declaration.name))
        }
      }
      needs.append(needed)
    }
  }

  private func unknown(
    _ upstream: StageDeclaration.Upstream, near: String?, named own: String
  ) -> Diagnostic {
    let others = Array(declarations.lazy.map(\.name).filter { $0 != own }.prefix(13))
    let all =
      others.isEmpty
      ? "there is no other stage" : "there are \(others.shortened().joined(separator: ", "))"
    return Diagnostic(
      "there is no stage '\(upstream.stage)'", at: upstream.range,
      remedy: near.map { .didYouMean($0, writing: upstream.written(naming: $0)) } ?? Note(all))
  }

  /// Kahn's algorithm; among stages that are ready the first of the file comes first.
  ///
  /// One pass over the file meets whatever is ready by then. A stage that stands before the ones it
  /// needs becomes ready behind the pass, and comes before the pass goes on.
  private mutating func sort() {
    var missing = needs.map { Set($0).count }
    var users = [[Int]](repeating: [], count: needs.count)
    for (position, needed) in needs.enumerated() {
      for need in Set(needed) { users[need].append(position) }
    }
    // In descending order, so that the first of the file is at the end.
    var behind: [Int] = []
    for position in needs.indices where missing[position] == 0 {
      behind.append(position)
      while let next = behind.popLast() {
        order.append(next)
        for user in users[next] {
          missing[user] -= 1
          guard missing[user] == 0, user < position else { continue }
          behind.insert(user, at: behind.partitioningIndex { $0 < user })
        }
      }
    }
    let sorted = Set(order)
    blocked = needs.indices.filter { !sorted.contains($0) }
  }

  /// Follows needs from each blocked stage until one comes twice.
  private mutating func findCircles() {
    let blocked = Set(blocked)
    var visited: Set<Int> = []
    for start in self.blocked where !visited.contains(start) {
      var path: [Int] = []
      var current = start
      while visited.insert(current).inserted {
        path.append(current)
        guard let next = needs[current].first(where: { blocked.contains($0) }) else { break }
        current = next
      }
      if let first = path.firstIndex(of: current) { report(Array(path[first...])) }
    }
  }

  private mutating func report(_ circle: [Int]) {
    let smallest = circle.enumerated().min { $0.element < $1.element }?.offset ?? 0
    let turned = Array(circle[smallest...] + circle[..<smallest])
    let names = turned.map { declarations[$0].name }
    let next = names.count > 1 ? names[1] : names[0]
    let range = declarations[turned[0]].upstream.first { $0.stage == next }?.range
    guard names.count > 1 else {
      problems.add(
        Diagnostic(
          "stage '\(next)' reads from itself", at: range, remedy: "name the stage before it"))
      return
    }
    let shown = names.shortened() + [names[0]]
    problems.add(
      Diagnostic(
        "stages read from each other in a circle: \(shown.joined(separator: " → "))",
        at: range, remedy: "let one of them read from a stage outside of the circle"))
  }
}
