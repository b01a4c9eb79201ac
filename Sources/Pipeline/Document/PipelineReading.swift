package import Diagnostics
package import YAML

/// What could be made out of a pipeline file, right or wrong, as an editor needs it.
package struct PipelineReading: Sendable {
  /// Every problem, by place.
  package private(set) var problems: Diagnostics

  /// The stages that could be worked out; `nil` when there is no telling what the file means. It is whole
  /// where there are no errors.
  package private(set) var graph: PipelineGraph?

  /// The variables with their references filled in, as far as that goes.
  package private(set) var variables: Value = [:]

  /// The environment variables that the pipeline declares and that are no secrets.
  package private(set) var plainEnvironment: Set<String> = []

  /// The names of the profiles that the pipeline offers.
  package private(set) var profiles: [String] = []

  /// The searches that the pipeline offers, as far as they are right.
  package private(set) var searches: [SearchDeclaration] = []

  /// The pipeline file and all that it includes, as paths.
  package private(set) var files: [String]

  /// Reads a pipeline whose text is at hand; see `PipelineDocument` for the parameters.
  package init(
    parsing text: [UInt8], path: String, profiles: [String] = [], overrides: [String] = [],
    environment: [String: String] = [:], catalog: Catalog, source: PipelineSource = .disk
  ) {
    self.init(
      parsing: text, path: path, profiles: profiles, overrides: overrides, changes: [],
      environment: environment, catalog: catalog, source: source)
  }

  /// - Parameter changes: further ones, which win over all.
  init(
    parsing text: [UInt8], path: String, profiles: [String], overrides: [String],
    changes: [Override], environment: [String: String], catalog: Catalog, source: PipelineSource
  ) {
    files = [path]
    problems = Diagnostics()
    do throws(Diagnostics) {
      let root = try Node(parsing: text, file: path)
      try read(
        root, text.count, profiles, overrides, changes, environment: environment, catalog, source)
    } catch {
      problems = error
    }
  }

  /// - Throws: every problem by place, where there is no graph.
  private mutating func read(
    _ parsed: Node, _ count: Int, _ wanted: [String], _ overrides: [String],
    _ changes: [Override], environment: [String: String], _ catalog: Catalog,
    _ source: PipelineSource
  ) throws(Diagnostics) {
    let path = files[0]
    var composer = Composer(catalog: catalog, source: source)
    var root = composer.compose(parsed, path: path, bytes: count)
    files += composer.included
    guard composer.isComplete else { throw composer.problems.sorted() }
    var found = composer.problems
    takeUpProfiles(wanted, into: &root, from: source, problems: &found)
    let offered = Profiles(root["profiles"])
    profiles = offered.names
    let search = root["search"]
    if let entries = root.mapping {
      root.content = .mapping(entries.filter { !TopKeys.early.contains($0.key) })
    }
    found.add(contentsOf: offered.problems.all + offered.mistakes(in: root).all)
    let searching = Searches(search, in: root)
    found.add(contentsOf: searching.problems)
    for (index, name) in wanted.enumerated() {
      found.add(contentsOf: offered.apply(name, line: index + 1, to: &root).all)
    }
    for (index, argument) in overrides.enumerated() {
      do throws(Diagnostics) {
        try root.apply(try Override(parsing: argument, line: index + 1))
      } catch {
        found.add(contentsOf: error.all)
      }
    }
    for change in changes {
      do throws(Diagnostics) { try root.apply(change) } catch { found.add(contentsOf: error.all) }
    }
    var reader = DocumentReader(
      path: path, included: composer.included, catalog: catalog, environment: environment,
      problems: found)
    graph = reader.read(root)
    variables = reader.variableValues
    plainEnvironment = reader.plainEnvironment
    searches = searching.declared
    if let graph, changes.isEmpty, !reader.problems.hasErrors {
      for search in searches {
        reader.problems.add(contentsOf: SearchGoalCheck(search, in: graph).problems)
      }
    }
    problems = reader.problems.sorted()
  }

  /// Adds those of the wanted profiles that stand in files of their own beside the pipeline.
  private mutating func takeUpProfiles(
    _ wanted: [String], into root: inout Node, from source: PipelineSource,
    problems: inout Diagnostics
  ) {
    guard var entries = root.mapping else { return }
    for name in wanted where root["profiles"]?[name] == nil {
      guard
        let (file, profile) = ProfileFiles.entry(
          named: name, beside: files[0], from: source, problems: &problems)
      else { continue }
      if let index = entries.firstIndex(where: { $0.key == "profiles" }) {
        entries[index].value.content = .mapping((entries[index].value.mapping ?? []) + [profile])
      } else {
        let section = Node(.mapping([profile]), at: profile.keyRange)
        entries.append(Node.Entry(key: "profiles", keyRange: profile.keyRange, value: section))
      }
      root.content = .mapping(entries)
      files.append(file)
    }
  }
}
