internal import Diagnostics
internal import Options
internal import YAML

/// Fills in the references `${vars.x}`, `${env.X}` and `${matrix.x}` of a pipeline.
///
/// A scalar that is nothing but a reference takes over what it refers to, whatever its type; within
/// other text a reference stands for its own text.
struct Interpolator {
  var variables: Variables
  var environment: DeclaredEnvironment
  var suggestions = NameSuggestions()
  private var budget = ExpansionBudget()

  /// Where the matrix values stand that references asked for.
  var usedMatrixValues: Set<SourceRange> = []

  /// The places of references for which a combination of a matrix has nothing.
  var toldGaps: Set<SourceRange> = []

  /// How many lists and mappings are being filled in, each within the one before.
  private var depth = 0

  init(variables: Variables, environment: DeclaredEnvironment) {
    self.variables = variables
    self.environment = environment
  }

  /// The environment variables whose values stand nowhere.
  var secrets: Set<String> { environment.secrets }

  struct Resolved {
    var node: Node
    var origins: Origins
    var problems: Diagnostics

    /// Whether every reference could be filled in.
    var isComplete: Bool
  }

  /// Fills in a tree.
  ///
  /// - Parameters:
  ///   - matrix: the values that `${matrix.x}` stands for, or `nil` outside of stages.
  ///   - matrixIsKnown: whether those are all; where not, one that is missing is no mistake.
  ///   - matrixNames: the names that some combination of the stage's matrix has.
  ///   - secretKeys: the keys of the mapping below which secrets may stand.
  mutating func resolve(
    _ node: Node, matrix: Coordinates? = nil, matrixIsKnown: Bool = true,
    matrixNames: Set<String> = [], secretKeys: [String] = []
  ) -> Resolved {
    var pass = Pass(matrix: matrix, matrixIsKnown: matrixIsKnown, matrixNames: matrixNames)
    let resolved: Node
    if !environment.secrets.isEmpty, let entries = node.mapping, !secretKeys.isEmpty {
      let filled = entries.map { entry in
        pass.takesSecrets = secretKeys.contains(entry.key)
        return Node.Entry(
          key: entry.key, keyRange: entry.keyRange, value: fill(entry.value, &pass))
      }
      resolved = Node(.mapping(filled), at: node.range)
    } else {
      resolved = fill(node, &pass)
    }
    return Resolved(
      node: resolved, origins: pass.origins, problems: pass.problems, isComplete: !pass.hasFailed)
  }

  /// Fills in every variable, so that mistakes in one that nothing uses are found too.
  mutating func resolveVariables() -> Diagnostics {
    var pass = Pass(matrix: nil)
    for name in variables.names {
      _ = value(ofVariable: name, &pass)
    }
    return pass.problems
  }

  /// Takes note of a matrix value that something else than a reference asks for.
  mutating func markUsed(_ coordinate: Coordinates.Coordinate) {
    usedMatrixValues.insert(coordinate.node.range)
  }

  /// What one call of `resolve` collects.
  struct Pass {
    let matrix: Coordinates?
    var matrixIsKnown = true
    var matrixNames: Set<String> = []
    var origins = Origins()
    var problems = Diagnostics()

    /// Whether references to secrets stay as they are, in texts that are filled in where they are used.
    var takesSecrets = false
    var hasMetSecret = false

    /// Whether a reference could not be filled in, be it for a reason reported elsewhere.
    var hasFailed = false

    mutating func fail(at node: Node) {
      origins.addFailure(at: node.range)
      hasFailed = true
    }
  }

  private mutating func fill(_ node: Node, _ pass: inout Pass) -> Node {
    if case .scalar(let scalar) = node.content {
      if scalar.text.mayHoldReference { return fill(scalar, of: node, &pass) }
      if scalar.text.mayHoldForeignReference { noteForeign(scalar.text, at: node.range, &pass) }
      return node
    }
    guard depth < Limits.standard.depth else {
      fail(ExpansionBudget.tooDeep(at: node.range), node, &pass)
      return node
    }
    depth += 1
    defer { depth -= 1 }
    return fillParts(of: node, &pass)
  }

  private mutating func fillParts(of node: Node, _ pass: inout Pass) -> Node {
    switch node.content {
    case .sequence(let elements):
      Node(.sequence(elements.map { fill($0, &pass) }), at: node.range)
    case .mapping(let entries):
      Node(
        .mapping(
          entries.map {
            Node.Entry(key: $0.key, keyRange: $0.keyRange, value: fill($0.value, &pass))
          }), at: node.range)
    case .scalar: node
    }
  }

  private mutating func fill(
    _ scalar: Node.Scalar, of node: Node, _ pass: inout Pass
  ) -> Node {
    let parts = TemplatePart.parts(of: scalar.text)
    pass.hasMetSecret = false
    if case .reference(let reference) = parts[0], parts.count == 1 {
      let place = node.range(ofPartAt: reference.offset, length: reference.length)
      guard let target = target(reference, in: node, at: place, &pass) else { return node }
      var filled = Node(target.content, at: node.range)
      filled.isFilledIn = true
      filled.holdsSecrets = pass.hasMetSecret
      return filled
    }
    guard var text = text(of: parts, in: node, &pass) else { return node }
    // Where secrets may stand, what is no reference to one was written so that it is not taken for one.
    if pass.takesSecrets, !pass.hasMetSecret { text = text.replacing("$${", with: "${") }
    var filled = Node(.scalar(Node.Scalar(text, style: scalar.style)), at: node.range)
    filled.holdsSecrets = pass.hasMetSecret
    return filled
  }

  /// What the parts of a text come to, or `nil` after a report of all that are wrong.
  private mutating func text(
    of parts: [TemplatePart], in node: Node, _ pass: inout Pass
  ) -> String? {
    var places = node.ranges(ofPartsAt: parts.compactMap(\.extent)).makeIterator()
    var text: String? = ""
    for part in parts {
      switch part {
      case .text(let plain):
        text? += pass.takesSecrets ? plain.replacing("${", with: "$${") : plain
      case .reference(let reference):
        let inner = self.text(of: reference, in: node, at: places.next() ?? node.range, &pass)
        if let inner { text? += inner } else { text = nil }
      case .unclosed:
        fail(
          Diagnostic(
            "the reference has no '}'", at: places.next() ?? node.range,
            remedy: "write '${vars.NAME}', or '$${' where a literal '${' is meant"), node, &pass)
        text = nil
      }
    }
    return text
  }

  /// The text that a reference stands for, or `nil` after a report.
  private mutating func text(
    of reference: Reference, in node: Node, at place: SourceRange, _ pass: inout Pass
  ) -> String? {
    let hadMetSecret = pass.hasMetSecret
    pass.hasMetSecret = false
    defer { pass.hasMetSecret = pass.hasMetSecret || hadMetSecret }
    guard let target = target(reference, in: node, at: place, &pass) else { return nil }
    if let scalar = target.scalar {
      return pass.takesSecrets && !pass.hasMetSecret
        ? scalar.text.replacing("${", with: "$${") : scalar.text
    }
    let noun = target.sequence == nil ? "a mapping" : "a list"
    fail(
      Diagnostic(
        "'${\(reference.text)}' is \(noun), which has no place within a text",
        at: place, remedy: "let the reference stand alone",
        notes: [Note("it is here", at: target.range)]), node, &pass)
    return nil
  }

  /// What a reference stands for, or `nil` after a report.
  private mutating func target(
    _ reference: Reference, in node: Node, at place: SourceRange, _ pass: inout Pass
  ) -> Node? {
    // What was told of once stays so.
    guard !budget.isSpent else {
      pass.fail(at: node)
      return nil
    }
    guard let reference = filled(reference, in: node, &pass) else { return nil }
    do throws(Diagnostic) {
      let found = try find(reference, at: place, &pass)
      guard let found else {
        pass.fail(at: node)
        return nil
      }
      try budget.spend(found, below: depth, at: place)
      pass.origins.add(note(reference, found), at: node.range)
      return found
    } catch {
      fail(error, node, &pass)
      return nil
    }
  }

  /// The reference with those within it filled in, or `nil` after a report.
  private mutating func filled(
    _ reference: Reference, in node: Node, _ pass: inout Pass
  ) -> Reference? {
    guard !reference.inner.isEmpty else { return reference }
    guard depth < Limits.standard.depth else {
      fail(ExpansionBudget.tooDeep(at: node.range), node, &pass)
      return nil
    }
    depth += 1
    let takesSecrets = pass.takesSecrets
    // A name is no place for a secret.
    pass.takesSecrets = false
    defer {
      depth -= 1
      pass.takesSecrets = takesSecrets
    }
    return text(of: reference.inner, in: node, &pass).map {
      Reference(
        text: $0, offset: reference.offset, length: reference.length, isFilledIn: true)
    }
  }

  /// The value of a variable with its own references filled in, or `nil` after a report.
  mutating func value(ofVariable name: String, _ pass: inout Pass) -> Node? {
    switch variables.begin(name) {
    case .resolved(let node): return node
    case .failed: return nil
    case .refused(let diagnostic):
      pass.problems.add(diagnostic)
      return nil
    case .raw(let node):
      var inner = Pass(matrix: nil)
      let resolved = fill(node, &inner)
      let succeeded = !inner.hasFailed && !variables.isFailed(name)
      pass.problems.add(contentsOf: inner.problems.all)
      variables.end(name, succeeded ? resolved : nil)
      return succeeded ? resolved : nil
    }
  }

  private func note(_ reference: Reference, _ found: Node) -> Note {
    if reference.space == .env {
      let name = reference.path.dropFirst().joined(separator: ".")
      if environment.secrets.contains(name) { return Note("'\(reference.text)' is a secret") }
      return Note("'\(reference.text)' is '\(found.scalar?.text ?? "")' in the environment")
    }
    return Note("the value of '\(reference.text)' is written here", at: found.range)
  }

  private func fail(_ diagnostic: Diagnostic, _ node: Node, _ pass: inout Pass) {
    pass.problems.add(diagnostic)
    pass.fail(at: node)
  }
}

extension Node {
  /// Whether interpolation could change anything below here.
  var mayHoldReferences: Bool {
    switch content {
    case .scalar(let scalar):
      scalar.text.mayHoldReference || scalar.text.mayHoldForeignReference
    case .sequence(let elements): elements.contains(where: \.mayHoldReferences)
    case .mapping(let entries): entries.contains(where: \.value.mayHoldReferences)
    }
  }
}

extension String {
  fileprivate var mayHoldReference: Bool { utf8.contains(UInt8(ascii: "$")) && contains("${") }
}
