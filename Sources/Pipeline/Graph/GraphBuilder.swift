internal import Artifacts
internal import Diagnostics
internal import Options
internal import YAML

/// Makes the instances of a pipeline from its stages, upstream ones first.
struct GraphBuilder {
  let declarations: [StageDeclaration]
  let catalog: Catalog
  let seed: Int
  var interpolator: Interpolator
  var problems = Diagnostics()
  private(set) var instances: [StageInstance] = []

  /// The folders of the files that stages are written in, by the files' names.
  private var directories: [String: String] = [:]

  /// What is known of each stage that was worked out, by name.
  private(set) var built: [String: BuiltStage] = [:]

  init(
    declarations: [StageDeclaration], catalog: Catalog, seed: Int, interpolator: Interpolator
  ) {
    self.declarations = declarations
    self.catalog = catalog
    self.seed = seed
    self.interpolator = interpolator
  }

  mutating func build() {
    let order = StageOrder(declarations)
    problems.add(contentsOf: order.problems.all)
    for position in order.order {
      build(declarations[position])
    }
    for position in order.blocked {
      checkAlone(declarations[position])
    }
    problems.add(contentsOf: OverwrittenPaths(instances).problems)
    warnAboutLooseEnds()
  }

  /// Makes all instances of a stage whose upstream stages are there.
  private mutating func build(_ declaration: StageDeclaration) {
    let upstream = declaration.upstream.map { built[$0.stage] }
    let isDerivable =
      !declaration.isBroken && upstream.allSatisfy { $0.map { !$0.isBroken } ?? false }
    guard isDerivable else { return checkAlone(declaration) }
    let combinations: [Coordinates]
    do throws(Diagnostic) {
      combinations = try StageExpansion(declaration, built: built).combinations()
    } catch {
      problems.add(error)
      return checkAlone(declaration)
    }
    var stage = BuiltStage(output: declaration.type?.output)
    for coordinates in combinations {
      guard let instance = instance(of: declaration, coordinates, into: &stage) else {
        stage.isBroken = true
        continue
      }
      instances.append(instance)
    }
    built[declaration.name] = stage
  }

  /// Checks the settings of a stage whose connections are not known.
  private mutating func checkAlone(_ declaration: StageDeclaration) {
    let own = (try? declaration.matrix?.combinations()) ?? [Coordinates()]
    let isMissingMatrix = declaration.isBroken && declaration.matrix == nil
    for coordinates in own {
      _ = decoded(declaration, coordinates, matrixIsKnown: !isMissingMatrix)
    }
    var stage = BuiltStage(output: declaration.type?.output)
    stage.isBroken = true
    built[declaration.name] = stage
  }

  private struct Decoded {
    let settings: StageSettings
    let common: CommonKeys
    let requests: StageRequests
  }

  private mutating func decoded(
    _ declaration: StageDeclaration, _ coordinates: Coordinates, matrixIsKnown: Bool = true
  ) -> Decoded? {
    let common = interpolator.resolve(declaration.common, matrix: coordinates)
    var found = Diagnostics()
    let keys = CommonKeys.decode(common.node, into: &found)
    add(common, found, topic: "pipeline", matrixIsKnown: matrixIsKnown)

    guard let type = declaration.type, let kind = declaration.kind else { return nil }
    let written = interpolator.resolve(kind.value, matrix: coordinates)
    found = Diagnostics()
    let settings = type.resolve(written.node, in: directory(of: declaration), into: &found)
    add(written, found, topic: type.kind, matrixIsKnown: matrixIsKnown)
    guard let settings, let keys, written.isComplete, common.isComplete,
      !found.hasErrors
    else { return nil }
    return Decoded(settings: settings, common: keys, requests: keys.requests(in: common.node))
  }

  /// The folder to which the paths of a stage are relative: that of the file that it is written in.
  private mutating func directory(of declaration: StageDeclaration) -> String {
    let file = declaration.nameRange.start.file
    if let known = directories[file] { return known }
    let directory = PipelineFile.absolute(file).parentPath
    directories[file] = directory
    return directory
  }

  /// Adds what interpolation and decoding found, without matrix values that could not be known.
  private mutating func add(
    _ resolved: Interpolator.Resolved, _ found: Diagnostics, topic: String, matrixIsKnown: Bool
  ) {
    if matrixIsKnown { problems.add(contentsOf: resolved.problems.all) }
    problems.add(contentsOf: resolved.origins.explain(found, topic: topic).all)
  }

  private mutating func instance(
    of declaration: StageDeclaration, _ coordinates: Coordinates, into stage: inout BuiltStage
  ) -> StageInstance? {
    guard let decoded = decoded(declaration, coordinates), let type = declaration.type else {
      return nil
    }
    let address = coordinates.address(of: declaration.name)
    let expansion = StageExpansion(declaration, built: built)
    var roles = RoleAssignment(
      declaration: declaration, roles: decoded.settings.inputs, built: built)
    let condition: Condition?
    do throws(Diagnostic) {
      roles.assign(try expansion.references(for: coordinates))
      condition = try expansion.condition(
        for: coordinates, variables: &interpolator.variables)
    } catch {
      problems.add(error)
      return nil
    }
    problems.add(contentsOf: roles.problems.all)
    guard !roles.problems.hasErrors else { return nil }
    stage.add(
      address, coordinates, output: decoded.settings.output, lineage: roles.lineage)
    return StageInstance(
      address: address, stage: declaration.name, kind: type.kind, revision: type.revision,
      coordinates: coordinates, settings: decoded.settings, inputs: roles.inputs,
      condition: condition, conditionRange: declaration.conditionNode?.range,
      requests: decoded.requests, describe: decoded.common.describe,
      directory: directory(of: declaration),
      seed: Self.seed(seed, for: declaration.name), range: declaration.nameRange)
  }

  /// A seed of its own for each stage, within 63 bits so that it is a whole number everywhere.
  private static func seed(_ seed: Int, for stage: String) -> UInt64 {
    var fingerprint = Fingerprint("seed")
    fingerprint.add("pipeline", .int(seed))
    fingerprint.add("stage", stage)
    return UInt64(fingerprint.digest.hex.prefix(16), radix: 16).map { $0 >> 1 } ?? 0
  }

  /// A dataset that nothing reads is most likely forgotten where other stages end in models.
  private mutating func warnAboutLooseEnds() {
    guard !problems.hasErrors else { return }
    let used = Set(instances.flatMap(\.dependencies))
    let ends = instances.filter { !used.contains($0.address) }
    guard ends.contains(where: { $0.settings.output != .dataset }) else { return }
    var seen: Set<String> = []
    for end in ends where end.settings.output == .dataset && seen.insert(end.stage).inserted {
      problems.add(
        Diagnostic(
          "nothing reads the dataset of stage '\(end.stage)'", at: end.range, severity: .warning,
          remedy: "name it in the 'from' of another stage, or remove it"))
    }
  }
}
