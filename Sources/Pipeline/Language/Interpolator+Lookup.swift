internal import Diagnostics
internal import Options
internal import YAML

/// Finds what references name.
extension Interpolator {
  mutating func find(
    _ reference: Reference, at place: SourceRange, _ pass: inout Pass
  ) throws(Diagnostic) -> Node? {
    let path = reference.path
    guard let space = reference.space, path.count >= 2, !path.contains("") else {
      throw refusal(of: reference, at: place, pass)
    }
    do throws(Diagnostic) {
      return try find(reference, in: space, at: place, &pass)
    } catch {
      throw ReferenceSlip(reference)?.diagnostic(at: place) ?? error
    }
  }

  private mutating func find(
    _ reference: Reference, in space: Reference.Space, at place: SourceRange, _ pass: inout Pass
  ) throws(Diagnostic) -> Node? {
    let path = reference.path
    switch space {
    case .env:
      let name = path.dropFirst().joined(separator: ".")
      let node = try environment.node(name, at: place, takesSecrets: pass.takesSecrets)
      if environment.secrets.contains(name) { pass.hasMetSecret = true }
      return node
    case .vars:
      guard !variables.isUnclear else { return nil }
      try variables.requireName(of: reference, at: place)
      guard let variable = value(ofVariable: path[1], &pass) else { return nil }
      return try descend(into: variable, along: reference, at: place)
    case .matrix:
      guard let matrix = pass.matrix else {
        throw Diagnostic(
          "'${\(reference.text)}' stands outside of a stage's settings", at: place,
          remedy: "matrix values are known within the stages that a matrix makes")
      }
      let coordinate = matrix[path[1]]
      guard pass.matrixIsKnown || coordinate != nil else { return nil }
      if let coordinate {
        usedMatrixValues.insert(coordinate.node.range)
      } else if pass.matrixNames.contains(path[1]) {
        return try refuseGap(path[1], in: matrix, at: place)
      }
      return try descend(
        into: try matrix.node(of: reference, at: place), along: reference, at: place)
    }
  }

  /// What is wrong with a reference that names none of the kinds that there are.
  private func refusal(
    of reference: Reference, at place: SourceRange, _ pass: Pass
  ) -> Diagnostic {
    let written = "${\(reference.text)}"
    let name = reference.text
    var meant = written.meantReference
    if variables.names.contains(name) {
      meant = "${vars.\(name)}"
    } else if pass.matrix?[name] != nil {
      meant = "${matrix.\(name)}"
    }
    let path = reference.path
    if path.count > 1, ["stages", "stage", "steps", "jobs", "needs", "tasks"].contains(path[0]) {
      return Diagnostic(
        "'\(written)' refers to nothing", at: place,
        remedy: "a stage is named by itself, in 'from': \(path[1])",
        "write '$${' where a literal '${' is meant")
    }
    var problem = Diagnostic(
      "'\(written)' refers to nothing", at: place,
      remedy: meant.map { .didYouMean(reference: $0) }
        ?? "references are ${vars.NAME}, ${env.NAME} and ${matrix.NAME}")
    if let meant, meant.hasPrefix("${env.") {
      let variable = String(meant.dropFirst("${env.".count).dropLast())
      if !environment.declares(variable) {
        problem = problem.adding(
          remedy: "a pipeline reads only what it declares: add 'env: [\(variable)]'")
      }
    }
    return problem.adding(remedy: "write '$${' where a literal '${' is meant")
  }

  /// Remembers that a text has a reference in another language, to something that is there.
  mutating func noteForeign(_ text: String, at place: SourceRange, _ pass: inout Pass) {
    guard let foreign = ForeignReference(in: text) else { return }
    let name = foreign.path[1]
    let isThere =
      switch foreign.path[0] {
      case "vars": variables.names.contains(name)
      case "matrix": pass.matrix?[name] != nil
      default: environment.declares(name)
      }
    guard isThere else { return }
    pass.origins.add(foreign, at: place)
    if foreign.path[0] == "vars" { variables.markUsed(name) }
  }

  /// Refuses a name that other combinations of the matrix have, once for all that lack it.
  private mutating func refuseGap(
    _ name: String, in matrix: Coordinates, at place: SourceRange
  ) throws(Diagnostic) -> Node? {
    guard toldGaps.insert(place).inserted else { return nil }
    throw Diagnostic(
      "the combination \(matrix.words) of the matrix has no '\(name)'", at: place,
      remedy: "give it one under 'include', or take the combination out",
      notes: matrix.all.last.map { [Note("it is here", at: $0.node.range)] } ?? [])
  }

  private mutating func descend(
    into node: Node, along reference: Reference, at place: SourceRange
  ) throws(Diagnostic) -> Node {
    let path = reference.path
    var node = node
    for (depth, name) in path.enumerated().dropFirst(2) {
      let position = Int(name).flatMap { index in
        node.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
      guard let next = node[name] ?? position else {
        let near = suggestions.nearest(to: name, in: node.mapping?.map(\.key) ?? [])
        let whole = path[0..<depth].joined(separator: ".")
        throw Diagnostic(
          "'\(whole)' has no part '\(name)'", at: place,
          remedy: near.map { .didYouMean($0, writing: reference.written(naming: $0, at: depth)) }
            ?? "it is written here",
          notes: [Note("'\(whole)' is here", at: node.range)])
      }
      node = next
    }
    return node
  }
}
