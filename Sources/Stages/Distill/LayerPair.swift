internal import Diagnostics
internal import YAML

/// A layer of a student beside one of a teacher.
struct LayerPair: Hashable {
  /// How the two are compared.
  enum Comparison: String {
    case hint, attention, relational
  }

  let student: String
  let teacher: String

  /// The pairs that settings name, by the student's layer.
  static func list(_ layers: [String: String]) -> [LayerPair] {
    layers.sorted { $0.key < $1.key }.map { LayerPair(student: $0.key, teacher: $0.value) }
  }

  /// What keeps the two from being compared.
  ///
  /// - Parameters:
  ///   - student, teacher: The layers that there are; nil where they are not known yet.
  ///   - stage: The stage that made the teacher, where one is meant.
  ///   - node: The names of the layers as they are written.
  func problems(
    for comparison: Comparison, _ student: [LayerForm]?, _ teacher: [LayerForm]?, of stage: String?,
    _ node: Node? = nil
  ) -> [Diagnostic] {
    let entry = node?.entry(self.student)
    let whose = stage.map { "the teacher of stage '\($0)'" } ?? "the teacher"
    let own = student?.first { $0.name == self.student }
    let other = teacher?.first { $0.name == self.teacher }
    var problems: [Diagnostic] = []
    if let student, own == nil {
      problems.append(
        Self.absence(of: self.student, in: "the student", student, at: entry?.keyRange))
    }
    if let teacher, other == nil {
      problems.append(
        Self.absence(of: self.teacher, in: whose, teacher, at: entry?.value.range))
    }
    guard let own, let other else { return problems }
    return mismatch(comparison, own, other, whose).map { fact, remedy in
      [Diagnostic(fact, at: entry?.value.range, remedy: remedy)]
    } ?? []
  }

  private func mismatch(
    _ comparison: Comparison, _ own: LayerForm, _ other: LayerForm, _ whose: String
  ) -> (fact: String, remedy: String)? {
    switch comparison {
    case .relational: return nil
    case .attention where own.places.isEmpty:
      return (
        "'\(student)' gives \(own.shape) and has no places to look at",
        "name layers that give images or tokens, or write 'hint'"
      )
    case .hint where own.adapter(to: other.channels) == nil:
      return ("'\(student)' gives \(own.shape), for which there is no 1x1 adapter", Self.images)
    case .hint, .attention:
      guard own.places == other.places else {
        return (
          "'\(student)' of the student gives \(own.shape) and '\(teacher)' of \(whose) \(other.shape): "
            + "their places differ", "name two layers of the same height and width"
        )
      }
      guard comparison == .attention || own.shape.count < 2 || own.channelAxis == other.channelAxis
      else { return ("'\(student)' and '\(teacher)' have their channels elsewhere", Self.images) }
      return nil
    }
  }

  private static let images = "name layers that give images, tokens or rows"

  private static func absence(
    of name: String, in whose: String, _ layers: [LayerForm], at range: SourceRange?
  ) -> Diagnostic {
    let names = layers.map(\.name)
    let all = "its layers are \(names.joined(separator: ", "))"
    let fact = "\(whose) has no layer '\(name)'"
    guard let near = nearestName(to: name, in: names) else {
      return Diagnostic(fact, at: range, remedy: all)
    }
    return Diagnostic(fact, at: range, remedy: "did you mean '\(near)'?", notes: [Note(all)])
  }
}
