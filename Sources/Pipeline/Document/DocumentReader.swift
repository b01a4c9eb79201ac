internal import Artifacts
internal import Diagnostics
internal import Options
internal import YAML

/// Reads the tree of a pipeline file into a graph and collects all that is wrong on the way.
struct DocumentReader {
  let path: String

  /// The paths of the files that the pipeline includes.
  let included: [String]
  let directory: String
  let catalog: Catalog
  let environment: [String: String]
  var problems: Diagnostics
  private(set) var variableValues: Value = [:]

  /// The environment variables that may be shown, and those that may not.
  private(set) var plainEnvironment: Set<String> = []
  private(set) var secrets: Set<String> = []

  init(
    path: String, included: [String], catalog: Catalog, environment: [String: String],
    problems: Diagnostics
  ) {
    self.path = path
    self.included = included
    self.catalog = catalog
    self.environment = environment
    self.problems = problems
    directory = PipelineFile.absolute(path).parentPath
  }

  /// - Returns: `nil` when there is no telling what the file means; otherwise what could be made out,
  ///   which is whole only when there are no problems.
  mutating func read(_ root: Node) -> PipelineGraph? {
    guard let entries = root.mapping else {
      problems.add(problem(withRoot: root))
      return nil
    }
    if let foreign = ForeignFile(entries) {
      problems.add(foreign.problem)
      return nil
    }
    let sections = FileSections(entries, catalog: catalog)
    checkKeys(entries, sections)
    var whole = root
    whole.content = .mapping(sections.entries)
    var interpolator = Interpolator(
      variables: variables(whole["vars"]), environment: declaredEnvironment(whole["env"]))
    problems.add(contentsOf: interpolator.resolveVariables().all)
    let stages = stages(whole, sections)
    let lacksName =
      whole["pipeline"] == nil && stages.contains { ForeignStage($0, catalog: catalog) != nil }
    let header = header(
      sections.entries, at: root.range, &interpolator,
      mayLackName: lacksName || sections.meant.contains("pipeline"))
    var declarations = DeclarationReader(
      catalog: catalog, interpolator: interpolator, lacksName: lacksName)
    let declared = stages.map { declarations.read($0) }
    problems.add(contentsOf: declarations.problems.all)

    var builder = GraphBuilder(
      declarations: declared, catalog: catalog, seed: header.seed,
      ownFiles: OwnFiles([path] + included), interpolator: declarations.interpolator)
    builder.build()
    problems.add(contentsOf: builder.problems.all)
    warnAboutUnusedVariables(builder.interpolator.variables)
    variableValues = .object(
      builder.interpolator.variables.resolvedValues)
    if builder.instances.count > 1000 { KeptToTheEnd.add(builder) }
    return PipelineGraph(
      name: header.pipeline, file: path, directory: directory, seed: header.seed,
      numerics: header.numerics, instances: builder.instances, secrets: secrets.sorted(),
      warnings: Diagnostics(problems.sorted().all.filter { $0.severity == .warning }),
      metrics: builder.metrics, track: header.track)
  }

  /// What is wrong with a file that is no mapping.
  private func problem(withRoot root: Node) -> Diagnostic {
    let text = root.scalar?.text ?? ""
    if let format = ForeignFormat(firstLine: text) { return format.diagnostic(at: root.range) }
    var problem = Diagnostic(
      root.isNull ? "the file is empty" : "a pipeline is a mapping", at: root.range)
    let sides = text.split(separator: "=", maxSplits: 1).map { $0.split(separator: " ") }
    if sides.count == 2, sides[0].count == 1, let value = sides[1].first {
      problem = problem.adding(
        remedy: "'=' gives no value to a key; write '\(sides[0][0]): \(value)'")
    }
    return problem.adding(
      remedy: "begin with 'pipeline: NAME' and 'stages:', or see 'anneal init'")
  }

  private mutating func checkKeys(_ entries: [Node.Entry], _ sections: FileSections) {
    for entry in entries where TopKeys.early.contains(entry.key) {
      problems.add(
        Diagnostic(
          "'\(entry.key)' cannot be set from outside", at: entry.keyRange,
          remedy: "write it in the file"))
    }
    problems.add(contentsOf: sections.problems)
  }

  /// - Parameter mayLackName: whether a missing name is told of elsewhere.
  private mutating func header(
    _ entries: [Node.Entry], at range: SourceRange, _ interpolator: inout Interpolator,
    mayLackName: Bool
  ) -> PipelineHeader {
    var own = entries.filter { PipelineHeader.names.contains($0.key) }
    if mayLackName, !own.contains(where: { $0.key == "pipeline" }) {
      let name = Node(.scalar(Node.Scalar("unnamed")), at: range)
      own.append(Node.Entry(key: "pipeline", keyRange: range, value: name))
    }
    let resolved = interpolator.resolve(Node(.mapping(own), at: range))
    var found = Diagnostics()
    let header = PipelineHeader.decode(resolved.node, into: &found)
    if let node = resolved.node["pipeline"], let name = node.scalar?.value.string,
      let problem = NameRule.problem(with: name, noun: "pipeline", at: node.range)
    {
      found.add(problem)
    }
    problems.add(
      contentsOf: resolved.problems.all + resolved.origins.explain(found, topic: "pipeline").all)
    return header ?? PipelineHeader()
  }

  private mutating func variables(_ node: Node?) -> Variables {
    guard let node, !node.isNull else { return Variables(nil) }
    guard let entries = node.mapping else {
      if let problem = TopKeys.problem(withFormOf: "vars", node) { problems.add(problem) }
      return Variables(nil, isUnclear: true)
    }
    problems.add(
      contentsOf: entries.compactMap {
        NameRule.problem(with: $0.key, noun: "variable", at: $0.keyRange)
      })
    return Variables(node)
  }

  private mutating func declaredEnvironment(_ node: Node?) -> DeclaredEnvironment {
    var declared: [String: SourceRange] = [:]
    if let node, !node.isNull {
      if let problem = TopKeys.problem(withFormOf: "env", node) { problems.add(problem) }
      // A mapping of names to values declares these names, whatever else is wrong with it.
      for entry in node.mapping ?? [] { declared[entry.key] = entry.keyRange }
      for element in node.sequence ?? [] {
        guard let entry = environmentEntry(element) else { continue }
        if declared[entry.name] == nil { declared[entry.name] = element.range }
        // What one file says is secret is so whatever another one says.
        if entry.secret { secrets.insert(entry.name) }
      }
    }
    plainEnvironment = Set(declared.keys).subtracting(secrets)
    return DeclaredEnvironment(declared: declared, secrets: secrets, values: environment)
  }

  private mutating func environmentEntry(_ element: Node) -> EnvironmentEntry? {
    var entry = EnvironmentEntry()
    var place = element.range
    if element.mapping != nil {
      if element["value"] != nil, let name = element["name"]?.scalar?.text {
        problems.add(Self.noVariable(name, at: element.range))
        return nil
      }
      var found = Diagnostics()
      let decoded = EnvironmentEntry.decode(element, into: &found)
      problems.add(contentsOf: found)
      // A secret that is written wrong is a secret all the same.
      if found.hasErrors, let name = element["name"]?.scalar?.text { secrets.insert(name) }
      guard let decoded, !found.hasErrors else { return nil }
      entry = decoded
      place = element["name"]?.range ?? place
    } else {
      entry.name = element.scalar?.text ?? ""
    }
    guard NameRule.isEnvironmentName(entry.name) else {
      let name = entry.name.split(separator: "=").first.map(String.init) ?? ""
      problems.add(Self.noVariable(name, at: place))
      return nil
    }
    return entry
  }

  /// Refuses what stands in place of a variable's name.
  ///
  /// - Parameter name: What was meant for the name, where a value comes with it.
  private static func noVariable(_ name: String, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "this is no name of an environment variable", at: place,
      remedy: NameRule.isEnvironmentName(name)
        ? "write '\(name)' alone; values of your own stand under 'vars'"
        : "a name has letters, digits and '_', such as DATA_DIR")
  }

  private mutating func stages(_ root: Node, _ sections: FileSections) -> [Node.Entry] {
    let example = TopKeys.stagesExample
    guard let node = root["stages"] else {
      if !sections.meant.contains("stages") {
        problems.add(Diagnostic("the key 'stages' is missing", at: root.range, remedy: example))
      }
      return []
    }
    if let problem = TopKeys.problem(withFormOf: "stages", node) {
      problems.add(problem)
      return []
    }
    guard let entries = node.mapping, !entries.isEmpty else {
      // What stood there may have been taken out.
      if sections.problems.isEmpty {
        problems.add(Diagnostic("there are no stages", at: node.range, remedy: example))
      }
      return []
    }
    if let include = entries.first(where: { ["$ref", "$include", "include"].contains($0.key) }),
      include.value.scalar != nil
    {
      problems.add(
        Diagnostic(
          "'\(include.key)' brings no other file in here", at: include.keyRange,
          remedy: "write include: \(include.value.shortText) at the top of the file"))
      return entries.filter { $0.key != include.key }
    }
    return entries
  }

  private mutating func warnAboutUnusedVariables(_ variables: Variables) {
    guard !problems.hasErrors else { return }
    // Files that several pipelines include may well offer more than each of them uses.
    for entry in variables.unused where entry.keyRange.start.file == path {
      problems.add(
        Diagnostic(
          "nothing uses the variable '\(entry.key)'", at: entry.keyRange, severity: .warning,
          remedy: "refer to it as ${vars.\(entry.key)}, or remove it"))
    }
  }
}
