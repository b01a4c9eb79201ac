internal import Diagnostics
internal import Learning
internal import Network
internal import Tensor

/// What a student learns from the layers of its teachers, beside their answers.
///
/// Adapters are layers of the network that is trained, so that optimizer and checkpoints know them, and are
/// taken away from what was learnt.
struct FeatureGuide {
  private let hint: [LayerPair]
  private let attention: [LayerPair]
  /// For each teacher.
  private let relational: [[LayerPair]]
  private let weights: (hint: Double, attention: Double, distance: Double, angle: Double)
  private let student: Network
  private let forms: [String: LayerForm]
  private let teachers: [[String: LayerForm]]
  private let shares: [Double]

  /// The network to be trained: the student with its adapters, which gives every layer that is compared.
  let trained: Network

  /// The layers of each teacher that are compared.
  let teacherLayers: [[String]]

  /// - Parameters:
  ///   - teachers: Each with the stage that made it.
  ///   - shares: How much each counts, 1 together.
  /// - Throws: A diagnostic where a layer is not there or two cannot be compared.
  init?(
    _ settings: Distill.Settings, _ student: Network,
    _ teachers: [(stage: String, network: Network)],
    shares: [Double]
  ) throws {
    guard settings.comparesLayers else { return nil }
    hint = LayerPair.list(settings.hint?.layers ?? [:])
    attention = LayerPair.list(settings.attention?.layers ?? [:])
    weights = (
      settings.hint?.weight ?? 0, settings.attention?.weight ?? 0,
      settings.relational?.distance ?? 0, settings.relational?.angle ?? 0
    )
    self.student = student
    self.shares = shares
    let forms = student.layerForms
    self.forms = Dictionary(uniqueKeysWithValues: forms.map { ($0.name, $0) })
    let lists = teachers.map(\.network.layerForms)
    self.teachers = lists.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.name, $0) }) }
    var problems = Diagnostics()
    for (list, teacher) in zip(lists, teachers) {
      for (comparison, pairs) in settings.namedLayers {
        for pair in pairs {
          for problem in pair.problems(for: comparison, forms, list, of: teacher.stage) {
            problems.add(problem)
          }
        }
      }
    }
    try problems.throwIfErrors()
    relational = try Self.related(settings.relational, student, teachers)
    let (hint, attention) = (hint, attention)
    teacherLayers = relational.map { (hint + attention + $0).map(\.teacher) }
    // The student's layers are the same for every teacher.
    trained = try Self.trained(
      student, hint, attention + (relational.first ?? []), self.forms, self.teachers)
  }

  /// For each teacher the layers that are named, or the last one of the student beside its own last one.
  private static func related(
    _ matching: RelationalMatching?, _ student: Network,
    _ teachers: [(stage: String, network: Network)]
  ) throws -> [[LayerPair]] {
    guard let matching else { return teachers.map { _ in [] } }
    let named = LayerPair.list(matching.layers)
    guard named.isEmpty else { return teachers.map { _ in named } }
    let last = try representation(of: student, "the student")
    return try teachers.map { teacher in
      let own = try representation(of: teacher.network, "the teacher of stage '\(teacher.stage)'")
      return [LayerPair(student: last, teacher: own)]
    }
  }

  private static func representation(of network: Network, _ whose: String) throws -> String {
    if let name = network.lastRepresentation { return name }
    throw Diagnostic(
      "the last layer of \(whose) reads the features themselves, which learn nothing from relations",
      remedy: "name the layers to compare with 'relational: {layers: {…}}'")
  }

  private static func trained(
    _ student: Network, _ hint: [LayerPair], _ others: [LayerPair], _ forms: [String: LayerForm],
    _ teachers: [[String: LayerForm]]
  ) throws -> Network {
    var nodes = student.nodes
    var outputs = student.outputs
    for (index, teacher) in teachers.enumerated() {
      for pair in hint {
        guard let channels = teacher[pair.teacher]?.channels,
          let layer = forms[pair.student]?.adapter(to: channels)
        else { continue }
        let name = adapter(for: pair, index)
        nodes.append(NetworkNode(name: name, inputs: [pair.student], layer: layer))
        outputs.append(name)
      }
    }
    for pair in others where !outputs.contains(pair.student) { outputs.append(pair.student) }
    return try Network(inputs: student.inputs, nodes: nodes, outputs: outputs)
  }

  /// What the adapter of a layer for one of the teachers is called.
  private static func adapter(for pair: LayerPair, _ teacher: Int) -> String {
    "\(pair.student) as \(pair.teacher) of teacher \(teacher + 1)"
  }

  /// The student with first values for its adapters.
  func extended(_ network: WeightedNetwork, seed: UInt64) throws -> WeightedNetwork {
    let drawn = try trained.initialParameters(RandomStream(seed: seed, path: ["adapters"]))
    return WeightedNetwork(trained, network.parameters.merging(drawn) { own, _ in own })
  }

  /// What was learnt without the adapters.
  func stripped(_ network: WeightedNetwork) -> WeightedNetwork {
    let names = Set(student.parameterSpecs.map(\.name))
    return WeightedNetwork(student, network.parameters.filter { names.contains($0.key) })
  }

  /// The terms of the loss, each with its weight.
  ///
  /// - Parameters:
  ///   - student: What the trained network gives.
  ///   - teachers: What each teacher gives: its answers, then its layers.
  func terms(_ student: [Tensor], _ teachers: [[Tensor]]) throws -> [Tensor] {
    let own = Dictionary(zip(trained.outputs, student)) { first, _ in first }
    var terms: [Tensor] = []
    for (index, share) in shares.enumerated() {
      let theirs = Dictionary(zip(teacherLayers[index], teachers[index].dropFirst())) { first, _ in
        first
      }
      func add(_ weight: Double, _ pairs: [LayerPair], _ loss: (LayerPair) throws -> Tensor) throws
      {
        guard weight > 0 else { return }
        for pair in pairs {
          terms.append(try loss(pair) * (weight * share / Double(pairs.count)))
        }
      }
      try add(weights.hint, hint) { pair in
        try FeatureLoss.hint(
          own.tensor(Self.adapter(for: pair, index)), theirs.tensor(pair.teacher))
      }
      try add(weights.attention, attention) { pair in
        let axes = (
          student: (forms[pair.student]?.channelAxis ?? 0) + 1,
          teacher: (self.teachers[index][pair.teacher]?.channelAxis ?? 0) + 1
        )
        return try FeatureLoss.attention(
          own.tensor(pair.student), theirs.tensor(pair.teacher), channels: axes)
      }
      try add(weights.distance, relational[index]) { pair in
        try FeatureLoss.distances(own.tensor(pair.student), theirs.tensor(pair.teacher))
      }
      try add(weights.angle, relational[index]) { pair in
        try FeatureLoss.angles(own.tensor(pair.student), theirs.tensor(pair.teacher))
      }
    }
    return terms
  }
}

extension Distill.Settings {
  /// Whether the student learns from more than the teachers' answers.
  var comparesLayers: Bool { hint != nil || attention != nil || relational != nil }
}
