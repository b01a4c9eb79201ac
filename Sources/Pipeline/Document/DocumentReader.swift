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
      problems.add(
        Diagnostic(
          root.isNull ? "the file is empty" : "a pipeline is a mapping", at: root.range,
          remedy: "begin with 'pipeline: NAME' and 'stages:', or see 'anneal init'"))
      return nil
    }
    checkKeys(entries)
    var interpolator = Interpolator(
      variables: variables(root["vars"]), environment: declaredEnvironment(root["env"]))
    problems.add(contentsOf: interpolator.resolveVariables().all)
    let header = header(entries, at: root.range, &interpolator)
    let stages = stages(root)
    var declarations = DeclarationReader(catalog: catalog, interpolator: interpolator)
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
      numerics: header.numerics, instances: builder.instances,
      warnings: Diagnostics(problems.sorted().all.filter { $0.severity == .warning }))
  }

  private mutating func checkKeys(_ entries: [Node.Entry]) {
    for entry in entries where TopKeys.early.contains(entry.key) {
      problems.add(
        Diagnostic(
          "'\(entry.key)' cannot be set from outside", at: entry.keyRange,
          remedy: "write it in the file"))
    }
    problems.add(contentsOf: TopKeys.problems(in: entries, catalog: catalog))
  }

  private mutating func header(
    _ entries: [Node.Entry], at range: SourceRange, _ interpolator: inout Interpolator
  ) -> PipelineHeader {
    let names = PipelineHeader.names
    let own = Node(.mapping(entries.filter { names.contains($0.key) }), at: range)
    let resolved = interpolator.resolve(own)
    var found = Diagnostics()
    let header = PipelineHeader.decode(resolved.node, into: &found)
    if let header, let node = own["pipeline"],
      let problem = NameRule.problem(with: header.pipeline, noun: "pipeline", at: node.range)
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
      return Variables(nil)
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
      for element in node.sequence ?? [] {
        if let name = element.scalar?.text, NameRule.isEnvironmentName(name) {
          declared[name] = element.range
        } else {
          problems.add(
            Diagnostic(
              "this is no name of an environment variable", at: element.range,
              remedy: "a name has letters, digits and '_', such as DATA_DIR"))
        }
      }
    }
    return DeclaredEnvironment(declared: declared, values: environment)
  }

  private mutating func stages(_ root: Node) -> [Node.Entry] {
    let example = TopKeys.stagesExample
    guard let node = root["stages"] else {
      problems.add(Diagnostic("the key 'stages' is missing", at: root.range, remedy: example))
      return []
    }
    guard let entries = node.mapping, !entries.isEmpty else {
      let found =
        node.isNull || node.mapping != nil ? "there are no stages" : "'stages' takes a mapping"
      problems.add(Diagnostic(found, at: node.range, remedy: example))
      return []
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
