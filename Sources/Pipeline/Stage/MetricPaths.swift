package import Diagnostics
package import YAML

/// The metrics that a stage may report, as the paths by which `pick` and `when` name them.
///
/// In a path `*` stands for one name that nobody knows before the run, such as that of a class, and `**`
/// at its end for anything below.
package struct MetricPaths: Sendable, ExpressibleByArrayLiteral {
  /// The paths, each in its steps.
  private var paths: [[String]]

  /// How the stage could be made to report more.
  package var remedy: Note?

  package init(arrayLiteral paths: String...) {
    self.init(paths)
  }

  package init(_ paths: [String]) {
    self.paths = paths.map { $0.split(separator: ".").map(String.init) }
  }

  /// The same paths below a name.
  package func below(_ name: String) -> MetricPaths {
    var copy = self
    copy.paths = paths.map { [name] + $0 }
    return copy
  }

  package static func + (left: MetricPaths, right: MetricPaths) -> MetricPaths {
    var joined = left
    joined.paths += right.paths
    joined.remedy = left.remedy ?? right.remedy
    return joined
  }

  /// Whether the stage may report something at a path.
  func contains(_ path: [String]) -> Bool {
    paths.contains { known in
      for (place, step) in known.enumerated() {
        if step == "**" { return path.count > place }
        guard path.indices.contains(place), step == "*" || step == path[place] else { return false }
      }
      return known.count == path.count
    }
  }

  /// What is wrong with asking a stage for a metric that it never reports; nil where it may.
  ///
  /// - Parameter stage: The stage's name, for the message.
  func problem(askingFor path: [String], of stage: String, at range: SourceRange) -> Diagnostic? {
    guard !contains(path) else { return nil }
    let name = path.joined(separator: ".")
    var seen: Set<String> = []
    let names = paths.filter { !$0.contains("*") && $0.last != "**" }
      .map { $0.joined(separator: ".") }.filter { seen.insert($0).inserted }
    let hint =
      nearestName(to: name, in: names).map { "did you mean '\($0)'?" }
      ?? "it reports \(listing(names, endingIn: path.last))"
    let problem = Diagnostic("'\(stage)' reports no '\(name)'", at: range, remedy: hint)
    return remedy.map { problem.adding(remedy: $0) } ?? problem
  }

  /// That a stage which may report anything did not report a metric the last time; nil where it did.
  ///
  /// - Parameter stage: The stage's name, for the message.
  func doubt(askingFor path: [String], of stage: String, at range: SourceRange) -> Diagnostic? {
    guard var doubt = problem(askingFor: path, of: stage, at: range) else { return nil }
    doubt.severity = .warning
    doubt.message = "what '\(stage)' left behind has no '\(path.joined(separator: "."))'"
    return doubt
  }

  /// A few of the names, those that end as the wrong one does before others.
  private func listing(_ names: [String], endingIn end: String?) -> String {
    let like = names.filter { $0.split(separator: ".").last.map(String.init) == end }
    let first = (like.isEmpty ? names : like).prefix(6)
    let isWhole = first.count == (like.isEmpty ? names : like).count
    return first.map { "'\($0)'" }.joined(separator: ", ") + (isWhole ? "" : ", …")
  }
}

extension MetricPaths {
  /// The paths of reported values that are not among these; empty where everything was announced.
  package func unannounced(in metrics: Value) -> [String] {
    leaves(of: metrics, below: []).filter { !contains($0) }.map { $0.joined(separator: ".") }
  }

  private func leaves(of value: Value, below path: [String]) -> [[String]] {
    switch value {
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { leaves(of: $1, below: path + [$0]) }
    case .array(let elements):
      elements.enumerated().flatMap { leaves(of: $1, below: path + ["\($0)"]) }
    case .null, .bool, .int, .double, .string: [path]
    }
  }
}
