package import Diagnostics
package import Options
package import YAML

/// What stands under the name of a search, but for the settings that it varies.
package struct SearchSettings: Options {
  package var describe = ""
  package var maximize = OneOrMany<MetricAddress>([])
  package var minimize = OneOrMany<MetricAddress>([])
  package var floor: [String: Double] = [:]
  package var ceiling: [String: Double] = [:]
  package var over = SearchSpace()
  package var method = SearchMethod.treeParzen
  package var trials: Int?
  package var ahead = 4
  package var timeout: TimeSpan?
  package var patience: Int?
  package var target: Double?
  package var seed: Int?
  package var threads = 1

  package init() {}

  package static let title = "Keys of a search"
  package static let summary = "What to vary, what is good, and when to stop."

  package static var fields: [Field<Self>] {
    option("describe", \.describe, "A sentence for the report.")
    option(
      "maximize", \.maximize,
      "The metrics that should be large, such as student.validation.accuracy.")
    option("minimize", \.minimize, "The metrics that should be small; several goals make a front.")
    option("floor", \.floor, "The least that metrics must come to, by metric.")
    option("ceiling", \.ceiling, "The most that metrics may come to, by metric.")
    option("over", \.over, required: true, "What is tried, by the path of the setting.")
    option("method", \.method, "How the search chooses what to try.")
    option(
      "trials", \.trials, in: 1...100_000,
      "How many trials to make; 20 by default, and all of a grid.")
    option(
      "ahead", \.ahead, in: 1...1000,
      "How many trials are suggested without each other's results, and so the most that run at once where "
        + "a method learns from results.")
    option(
      "timeout", \.timeout, in: TimeSpan.seconds(1)...TimeSpan.longest,
      "The time after which the search is stopped; started again it goes on.")
    option(
      "patience", \.patience, in: 1...100_000,
      "How many trials without a better one end the search.")
    option("target", \.target, "What the goal has to come to for the search to end.")
    option("seed", \.seed, in: 0..., "Where chance begins; the pipeline's seed by default.")
    option(
      "threads", \.threads, in: 1...4096,
      "The threads that a stage of a trial computes with; results depend on it, and not on how many "
        + "trials run at once.")
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let goals = settings.maximize.elements + settings.minimize.elements
    if goals.isEmpty {
      problems.append(
        Diagnostic(
          "the search has no goal", at: node.range,
          remedy: "write maximize: STAGE.METRIC, such as maximize: teacher.validation.accuracy"))
    }
    for goal in goals where goals.count(where: { $0 == goal }) > 1 {
      problems.append(
        Diagnostic("'\(goal.text)' is a goal twice", at: goal.range, remedy: "take one away"))
    }
    if goals.count > 1 {
      for key in ["target", "patience"] where node[key]?.isNull == false {
        problems.append(
          Diagnostic(
            "'\(key)' needs a single goal, and there are \(goals.count)",
            at: node[key]?.range ?? node.range,
            remedy: "take '\(key)' away, or bound the other metrics with 'floor' and 'ceiling'"))
      }
      if case .successiveHalving = settings.method {
        problems.append(
          Diagnostic(
            "'asha' takes one goal, and there are \(goals.count)",
            at: (node["method"] ?? node).range,
            remedy: "use 'tpe', or bound the other metrics with 'floor' and 'ceiling'"))
      }
    }
    return problems
  }
}
