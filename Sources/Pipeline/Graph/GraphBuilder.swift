internal import Artifacts
internal import Diagnostics
internal import Options
internal import YAML

/// Makes the instances of a pipeline from its stages, upstream ones first.
struct GraphBuilder {
  let declarations: [StageDeclaration]
  let catalog: Catalog
  let seed: Int
  let ownFiles: OwnFiles
  var interpolator: Interpolator
  var problems = Diagnostics()
  private(set) var instances: [StageInstance] = []

  /// The most combinations that all stages of a pipeline together may have.
  static let mostCombinations = 100_000
  private var combinations = 0
  private var isFull: Bool { combinations > Self.mostCombinations }

  /// The folders of the files that stages are written in, by the files' names.
  private let directories: [String: String]

  /// What stages without any reference say, which is the same for all their instances, by name.
  private var plainContents: [String: StageContent.Decoded] = [:]

  /// The references in other languages, by the texts that have them.
  private var foreign: [SourceRange: ForeignReference] = [:]

  /// What could be read of the settings of each stage, by name.
  private var readSettings: [String: StageSettings] = [:]

  /// What is decided about the artifacts of the instances so far.
  private var facts = FactTable()

  /// The metrics that instances may report, by address, where that is known.
  var metrics: [String: MetricPaths] { facts.metrics }

  /// The seed of each stage, by name.
  private let seeds: [String: UInt64]

  /// What is known of each stage that was worked out, by name.
  private(set) var built: [String: BuiltStage] = [:]

  init(
    declarations: [StageDeclaration], catalog: Catalog, seed: Int, ownFiles: OwnFiles,
    interpolator: Interpolator
  ) {
    self.declarations = declarations
    self.catalog = catalog
    self.seed = seed
    self.ownFiles = ownFiles
    self.interpolator = interpolator
    let names = declarations.map(\.name)
    let own = names.concurrentMap(grain: 256) { Self.seed(seed, for: $0) }
    seeds = Dictionary(zip(names, own)) { first, _ in first }
    directories = Dictionary(
      Set(declarations.map(\.nameRange.start.file)).map { file in
        (file, PipelineFile.absolute(file).parentPath)
      }
    ) { first, _ in first }
  }

  mutating func build() {
    decodePlainStages()
    let order = StageOrder(declarations)
    problems.add(contentsOf: order.problems.all)
    for position in order.order where !isFull {
      build(declarations[position])
    }
    for position in order.blocked where !isFull {
      checkAlone(declarations[position])
    }
    guard !isFull else { return }
    checkFiles()
    problems = ForeignReference.settle(foreign, among: problems)
    remark()
  }

  /// Counts combinations before they are worked out.
  ///
  /// - Returns: `false`, after a report, where they are more than a pipeline may have.
  private mutating func spend(_ more: Int, on declaration: StageDeclaration) -> Bool {
    combinations += more
    guard isFull else { return true }
    problems.add(
      Diagnostic(
        "up to stage '\(declaration.name)' there are \(combinations) stage instances",
        at: declaration.matrix?.range ?? declaration.from?.range ?? declaration.nameRange,
        remedy: "give matrices fewer values; at most \(Self.mostCombinations) are allowed"))
    return false
  }

  /// Checks what stages read and write of each other's files, and has them wait for each other.
  private mutating func checkFiles() {
    let (instances, ownFiles) = (instances, ownFiles)
    let (written, (writers, waiting)) = bothAtOnce(
      { OverwrittenPaths(instances).problems + ownFiles.problems(of: instances) },
      { (PathIndex(writersOf: instances), FileDependencies(instances)) },
      whereWorthwhile: instances.count > 256)
    problems.add(contentsOf: written)
    problems.add(contentsOf: waiting.problems)
    self.instances = waiting.instances
    problems.add(contentsOf: TemporaryReaders(waiting.instances).problems)
    problems.add(contentsOf: OptionalReadings(waiting.instances).warnings)
    let loose = LooseStages(
      declarations, without: Set(instances.map(\.stage)), settings: readSettings
    ) { directory(of: $0) }
    problems.add(contentsOf: facts.seen(unlessMadeBy: loose.stages))
    guard !loose.mayWriteAnything else { return }
    problems.add(
      contentsOf: MissingFiles(instances, writers: writers, loose: loose.stages).problems)
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
    guard spend(combinations.count, on: declaration) else { return }
    var stage = BuiltStage(output: declaration.type?.output)
    let names = Set(combinations.lazy.flatMap(\.all).map(\.name))
    for coordinates in combinations {
      guard let instance = instance(of: declaration, coordinates, names, into: &stage) else {
        stage.isBroken = true
        continue
      }
      instances.append(instance)
    }
    built[declaration.name] = stage
  }

  /// Checks the settings of a stage whose connections are not known.
  private mutating func checkAlone(_ declaration: StageDeclaration) {
    let own = try? declaration.matrix?.combinations() ?? [Coordinates()]
    guard spend(own?.count ?? 1, on: declaration) else { return }
    // What cannot be worked out may have a matrix, or hand one down.
    let isKnown =
      own != nil && !declaration.isBroken
      && declaration.upstream.allSatisfy { built[$0.stage].map { !$0.isBroken } ?? false }
    for coordinates in own ?? [Coordinates()] {
      _ = content(of: declaration, coordinates, matrixIsKnown: isKnown)
    }
    var stage = BuiltStage(output: declaration.type?.output)
    stage.isBroken = true
    built[declaration.name] = stage
  }

  /// Decodes what needs no interpolation on all cores.
  private mutating func decodePlainStages() {
    let plain = declarations.filter { declaration in
      !declaration.common.mayHoldReferences && !(declaration.kind?.value.mayHoldReferences ?? false)
    }
    let directories = directories
    let decoded = plain.concurrentMap(grain: 64) { declaration in
      StageContent.decode(
        common: declaration.common, kind: declaration.kind?.value, of: declaration.type,
        in: directories[declaration.nameRange.start.file] ?? "")
    }
    plainContents = Dictionary(zip(plain.map(\.name), decoded)) { first, _ in first }
    for declaration in plain {
      guard let settings = plainContents[declaration.name]?.content?.settings else { continue }
      facts.note(settings, in: directory(of: declaration))
    }
  }

  private mutating func content(
    of declaration: StageDeclaration, _ coordinates: Coordinates, matrixIsKnown: Bool = true,
    matrixNames: Set<String> = []
  ) -> StageContent? {
    if let plain = plainContents[declaration.name] {
      add(plain, of: declaration, Origins(), Origins())
      facts.look(past: plain, in: directory(of: declaration))
      return plain.content
    }
    let common = interpolator.resolve(
      declaration.common, matrix: coordinates, matrixIsKnown: matrixIsKnown,
      matrixNames: matrixNames)
    let kind = declaration.kind.map {
      interpolator.resolve(
        $0.value, matrix: coordinates, matrixIsKnown: matrixIsKnown, matrixNames: matrixNames,
        secretKeys: declaration.type?.secretKeys ?? [])
    }
    let decoded = StageContent.decode(
      common: common.node, kind: kind?.node, of: declaration.type, in: directory(of: declaration))
    problems.add(contentsOf: common.problems.all)
    if let kind { problems.add(contentsOf: kind.problems.all) }
    add(decoded, of: declaration, common.origins, kind?.origins ?? Origins())
    let isComplete = common.isComplete && kind?.isComplete ?? true
    if isComplete { facts.look(past: decoded, in: directory(of: declaration)) }
    return isComplete ? decoded.content : nil
  }

  /// Adds what decoding found.
  private mutating func add(
    _ decoded: StageContent.Decoded, of declaration: StageDeclaration, _ common: Origins,
    _ kind: Origins
  ) {
    problems.add(
      contentsOf: common.explain(decoded.problemsWithCommon, topic: "pipeline").all)
    foreign.merge(common.foreign) { first, _ in first }
    foreign.merge(kind.foreign) { first, _ in first }
    guard let topic = declaration.type?.kind else { return }
    if decoded.content == nil || declaration.isBroken {
      readSettings[declaration.name] = decoded.settings
    }
    problems.add(contentsOf: kind.explain(decoded.problemsWithKind, topic: topic).all)
  }

  /// The folder to which the paths of a stage are relative: that of the file that it is written in.
  private func directory(of declaration: StageDeclaration) -> String {
    directories[declaration.nameRange.start.file] ?? ""
  }

  private mutating func instance(
    of declaration: StageDeclaration, _ coordinates: Coordinates, _ matrixNames: Set<String>,
    into stage: inout BuiltStage
  ) -> StageInstance? {
    let content = content(of: declaration, coordinates, matrixNames: matrixNames)
    guard let content, let type = declaration.type else { return nil }
    for name in declaration.condition?.matrixNames ?? [] {
      if let coordinate = coordinates[name] { interpolator.markUsed(coordinate) }
    }
    let address = coordinates.address(of: declaration.name)
    let expansion = StageExpansion(declaration, built: built)
    var roles = RoleAssignment(
      declaration: declaration, roles: content.settings.inputs, built: built)
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
    catalog.expect(content.settings.files, in: directory(of: declaration))
    problems.add(
      contentsOf: facts.add(
        content.resolved, address, reading: roles.inputs, in: directory(of: declaration)))
    problems.add(
      contentsOf: content.requests.problems(of: type.kind, doing: content.settings.workload)
        .filter { facts.isNew($0) })
    checkMetrics(of: declaration, roles.inputs, condition)
    stage.add(
      address, coordinates, output: content.settings.output, lineage: roles.lineage)
    return StageInstance(
      address: address, stage: declaration.name, kind: type.kind,
      revision: content.settings.revision,
      coordinates: coordinates, settings: content.settings, inputs: roles.inputs,
      condition: condition, conditionRange: declaration.conditionNode?.range,
      requests: content.requests, describe: content.common.describe,
      directory: directory(of: declaration),
      seed: seeds[declaration.name] ?? 0, range: declaration.nameRange)
  }

  /// Finds metrics that a choice or a condition asks for and that no run will report.
  private mutating func checkMetrics(
    of declaration: StageDeclaration, _ inputs: [String: [StageInput]], _ condition: Condition?
  ) {
    for input in inputs.values.joined() {
      guard case .best(let pick) = input.choice else { continue }
      let path = pick.metric.split(separator: ".").map(String.init)
      for address in input.candidates {
        check(path, of: address, at: pick.range)
      }
    }
    for reference in condition?.metricReferences ?? [] {
      check(reference.path, of: reference.stage, at: declaration.range(of: reference.span))
    }
  }

  private mutating func check(_ path: [String], of address: String, at range: SourceRange) {
    let stage = address.prefix { $0 != "@" }
    let problem =
      facts.metrics[address]?.problem(askingFor: path, of: String(stage), at: range)
      ?? facts.lastMetrics[address]?()?.doubt(askingFor: path, of: String(stage), at: range)
    if let problem, facts.isNew(problem) { problems.add(problem) }
  }

  /// A seed of its own for each stage, within 63 bits so that it is a whole number everywhere.
  private static func seed(_ seed: Int, for stage: String) -> UInt64 {
    var fingerprint = Fingerprint("seed")
    fingerprint.add("pipeline", .int(seed))
    fingerprint.add("stage", stage)
    return fingerprint.digest.leadingBits >> 1
  }
}
