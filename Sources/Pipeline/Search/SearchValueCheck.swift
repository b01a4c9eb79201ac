package import Diagnostics
internal import YAML

/// Finds values of a search that the pipeline refuses, by reading it with the ends of every range and every
/// choice in place, each once and many at a time.
package struct SearchValueCheck {
  /// Reads the pipeline with changes.
  let read: ([Override]) -> PipelineReading
  let search: SearchDeclaration

  private var entries: [SearchSpace.Entry] { search.settings.over.entries }

  /// What is wrong with the search's values. Of a combination that fails elsewhere in the pipeline it warns.
  package var problems: Diagnostics {
    var found = Diagnostics()
    var open = Set<[Int]>()
    for (index, entry) in entries.enumerated() {
      for probe in entry.probes.indices { open.insert([index, probe]) }
    }
    let places = Places(of: search)
    while let next = open.min(by: { $0.lexicographicallyPrecedes($1) }) {
      let chosen = combination(around: next, &open)
      let overrides = changes(chosen)
      for problem in read(overrides).problems where problem.severity == .error {
        found.add(places.explain(rangeless(problem)))
      }
    }
    if !found.hasErrors { found.add(contentsOf: wholeNumbers()) }
    return found
  }

  /// Chooses a value for every setting that is active: the wanted one, what its conditions ask for, and
  /// of the others values that were not looked at yet.
  ///
  /// - Returns: the probes by setting.
  private func combination(around wanted: [Int], _ open: inout Set<[Int]>) -> [Int: Int] {
    var fixed = [wanted[0]: wanted[1]]
    require(entries[wanted[0]].parameter, &fixed)
    var chosen: [Int: Int] = [:]
    for (index, entry) in entries.enumerated() {
      let isActive = entry.parameter.isActive { path in
        entries.firstIndex { $0.parameter.path == path }.flatMap { other in
          chosen[other].map { entries[other].probes[$0].value }
        }
      }
      guard isActive else { continue }
      let unseen = entry.probes.indices.first { open.contains([index, $0]) }
      let probe = fixed[index] ?? unseen ?? 0
      chosen[index] = probe
      open.remove([index, probe])
    }
    // A setting whose conditions exclude each other is never tried.
    open.remove(wanted)
    return chosen
  }

  private func require(_ parameter: SearchParameter, _ fixed: inout [Int: Int]) {
    for condition in parameter.conditions {
      guard let other = entries.firstIndex(where: { $0.parameter.path == condition.path }),
        fixed[other] == nil,
        let probe = entries[other].probes.firstIndex(where: { condition.holds(for: $0.value) })
      else { continue }
      fixed[other] = probe
      require(entries[other].parameter, &fixed)
    }
  }

  private func changes(_ chosen: [Int: Int]) -> [Override] {
    chosen.sorted { $0.key < $1.key }.compactMap { index, probe in
      try? entries[index].override(entries[index].probes[probe])
    }
  }

  /// A problem with a number at a setting that takes none, in words about ranges.
  private func rangeless(_ problem: Diagnostic) -> Diagnostic {
    let isOfRange = entries.contains { entry in
      if case .choices = entry.parameter.domain { return false }
      return entry.probes.contains { $0.range == problem.range }
    }
    guard isOfRange,
      ["expected ", "is not one of the choices"].contains(where: problem.message.contains)
    else { return problem }
    return Diagnostic(
      "the setting takes no numbers from a range: \(problem.message)", at: problem.range,
      remedy: "write what is to be tried as a list: [a, b]")
  }

  /// Warns of ranges of whole numbers for settings that take fractions.
  private func wholeNumbers() -> [Diagnostic] {
    entries.indices.compactMap { index in
      guard case .numbers(let numbers) = entries[index].parameter.domain, numbers.isWhole,
        entries[index].written.value["step"] == nil
      else { return nil }
      var open = Set<[Int]>()
      var others = combination(around: [index, 0], &open)
      others[index] = nil
      let place = entries[index].probes[0].range
      let fraction = Node(value: .double(numbers.lower + 0.5), at: place)
      guard let override = try? entries[index].override(fraction) else { return nil }
      let problems = read(changes(others) + [override]).problems
      guard !problems.hasErrors else { return nil }
      let (from, to) = (Int(numbers.lower), Int(numbers.upper))
      return Diagnostic(
        "only whole numbers from \(from) to \(to) are tried, and the setting takes fractions",
        at: place, severity: .warning,
        remedy: "write from: \(from).0, to: \(to).0 for all between, or 'step: 1'")
    }
  }
}

/// The lines of a search in its file, to tell what is wrong with its values from other problems.
private struct Places {
  private let search: SearchDeclaration
  private let lines: ClosedRange<Int>
  private var file: String { search.nameRange.start.file }

  init(of search: SearchDeclaration) {
    self.search = search
    let first = search.nameRange.start.line
    lines = first...max(first, Self.lastLine(of: search.node, in: search.nameRange.start.file))
  }

  private static func lastLine(of node: Node, in file: String) -> Int {
    let own = node.range.start.file == file ? node.range.start.line : 1
    let below: [Int] =
      switch node.content {
      case .scalar: []
      case .sequence(let nodes): nodes.map { lastLine(of: $0, in: file) }
      case .mapping(let entries): entries.map { lastLine(of: $0.value, in: file) }
      }
    return ([own] + below).max() ?? own
  }

  private func contains(_ range: SourceRange?) -> Bool {
    guard let start = range?.start else { return false }
    return start.file == file && lines.contains(start.line)
  }

  func explain(_ problem: Diagnostic) -> Diagnostic {
    if contains(problem.range) { return problem }
    var explained = problem
    if let note = problem.notes.first(where: { contains($0.range) }) {
      explained.notes.removeAll { $0 == note }
      explained.notes.append(
        Note("so it is written in the search '\(search.name)'", at: note.range))
      return explained
    }
    explained.severity = .warning
    explained.notes.append(
      Note("so it is with some values of the search '\(search.name)'", at: search.nameRange))
    return explained
  }
}

extension [SearchDeclaration] {
  /// What is wrong with the values that the searches of a pipeline try; see `PipelineDocument` for the
  /// parameters.
  ///
  /// - Parameter isCancelled: asked before each search.
  package func problems(
    parsing text: [UInt8], path: String, profiles: [String] = [], overrides: [String] = [],
    environment: [String: String] = [:], catalog: Catalog, source: PipelineSource = .disk,
    only name: String? = nil, isCancelled: () -> Bool = { false }
  ) -> Diagnostics {
    var found = Diagnostics()
    for search in self where name == nil || search.name == name {
      if isCancelled() { break }
      let check = SearchValueCheck(
        read: { changes in
          PipelineReading(
            parsing: text, path: path, profiles: profiles, overrides: overrides,
            changes: changes, environment: environment, catalog: catalog, source: source)
        }, search: search)
      found.add(contentsOf: check.problems)
    }
    return found
  }
}
