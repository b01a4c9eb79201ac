internal import Diagnostics
internal import YAML

/// The named sets of changes that a pipeline offers, such as `quick: {vars.epochs: 2}`.
struct Profiles {
  private let entries: [Node.Entry]
  private(set) var problems = Diagnostics()

  /// The name of the imaginary file whose lines are the arguments of `--profile`.
  static let file = "--profile"

  /// - Parameter node: the mapping under `profiles`, if there is one.
  init(_ node: Node?) {
    entries = node?.mapping ?? []
    if let node, let problem = TopKeys.problem(withFormOf: "profiles", node) {
      problems.add(problem)
    }
    for entry in entries {
      if let problem = NameRule.problem(with: entry.key, noun: "profile", at: entry.keyRange) {
        problems.add(problem)
      }
    }
  }

  var names: [String] { entries.map(\.key) }

  /// Changes a pipeline as a profile says.
  ///
  /// - Parameter line: the argument's position among all, from 1.
  /// - Returns: what is wrong with the name or with the changes.
  func apply(_ name: String, line: Int, to root: inout Node) -> Diagnostics {
    if let entry = entries.first(where: { $0.key == name }) { return apply(entry, to: &root) }
    let near = nearestName(to: name, in: names)
    let remedy =
      names.isEmpty
      ? "the pipeline has no profiles; write them as profiles: {\(name): {vars.epochs: 2}}"
      : "its profiles are \(names.joined(separator: ", "))"
    return Diagnostics(
      Diagnostic(
        "there is no profile '\(name)'",
        at: SourceRange(
          file: Self.file, line: line, column: 1, length: name.unicodeScalars.count),
        remedy: near.map { .didYouMean($0) } ?? Note(remedy)))
  }

  /// What is wrong with the changes of any profile, whether it is used or not.
  func mistakes(in root: Node) -> Diagnostics {
    var found = Diagnostics()
    for entry in entries {
      var copy = root
      found.add(contentsOf: apply(entry, to: &copy))
    }
    return found
  }

  private func apply(_ profile: Node.Entry, to root: inout Node) -> Diagnostics {
    var found = Diagnostics()
    guard let changes = profile.value.mapping else {
      if !profile.value.isNull {
        found.add(
          Diagnostic(
            "a profile is a mapping", at: profile.value.range,
            remedy: "write it as \(profile.key): {vars.epochs: 2}"))
      }
      return found
    }
    for change in changes {
      do throws(Diagnostics) {
        try root.apply(try Override(change))
      } catch {
        found.add(contentsOf: error.all)
      }
    }
    return found
  }
}

extension Override {
  private static let example = "write a path such as vars.epochs or stages.teacher.train.epochs"

  /// Reads a change of a profile or a search, whose key is the path.
  init(_ change: Node.Entry) throws(Diagnostics) {
    let length = change.key.unicodeScalars.count
    let isQuoted = change.keyRange.length == length + 2
    let key = Node(
      .scalar(Node.Scalar(change.key, style: isQuoted ? .doubleQuoted : .plain)),
      at: change.keyRange)
    var steps: [Step] = []
    var offset = 0
    for part in change.key.split(separator: ".", omittingEmptySubsequences: false) {
      let range = key.range(ofPartAt: offset, length: part.unicodeScalars.count)
      guard !part.isEmpty else {
        throw Diagnostics(
          Diagnostic("'\(change.key)' has an empty name in it", at: range, remedy: Self.example))
      }
      steps.append(Step(name: String(part), range: range))
      offset += part.unicodeScalars.count + 1
    }
    guard Self.leads(steps) else { throw Diagnostics(Self.refusal(of: steps, in: change)) }
    self.init(path: steps, value: change.value)
  }

  /// Whether a path leads to a value that may change.
  private static func leads(_ steps: [Step]) -> Bool {
    switch steps.first?.name {
    case "seed", "numerics": steps.count == 1
    case "vars", "stages": steps.count > 1
    default: false
    }
  }

  private static func refusal(of steps: [Step], in change: Node.Entry) -> Diagnostic {
    let first = steps[0].name
    let top = nearestName(to: first, in: ["vars", "stages", "seed", "numerics"])
    let inner = change.value.mapping?.first.map { ".\($0.key): …" } ?? ""
    let rest = steps.dropFirst().map { "." + $0.name }.joined()
    let remedy: Note =
      switch top {
      case "vars" where steps.count == 1, "stages" where steps.count == 1:
        "write it as \(top ?? "")\(inner)"
      case let top? where top != first: .didYouMean("\(top)\(rest)")
      default: Note(example)
      }
    return Diagnostic(
      "'\(change.key)' is no path of a value", at: change.keyRange, remedy: remedy)
  }
}
