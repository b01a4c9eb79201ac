package import Diagnostics
package import Options
package import YAML

/// How a search chooses what to try.
package enum SearchMethod: Choice {
  case grid
  case random
  case treeParzen
  case successiveHalving(SuccessiveHalvingSettings)

  package static let title = "Methods"

  package static var cases: [Case<Self>] {
    Case("grid", .grid, "Every combination, in the order of the file, the last setting fastest.")
    Case("random", .random, "Each trial by itself, by chance.")
    Case(
      "tpe", .treeParzen,
      "Where good trials are denser than others: the tree-structured Parzen estimator (Bergstra et al. "
        + "2011).")
    Case(
      "asha", SuccessiveHalvingSettings.self, Self.successiveHalving,
      "Many trials by chance, of which the best few are trained for long: asynchronous successive halving "
        + "(Li et al. 2020).")
  }

  package var payload: (any OptionValue)? {
    if case .successiveHalving(let settings) = self { settings } else { nil }
  }
}

/// The rungs at which trials are compared.
package struct SuccessiveHalvingSettings: Options {
  package var first = 1
  package var factor = 3
  package var epochs: Int?
  package var watch: WatchedMetric?

  package init() {}

  package static let title = "asha"
  package static let summary =
    "Trials are compared after `first` epochs, after `factor` times as many, and so on; one of `factor` "
    + "goes on from each rung."

  package static var fields: [Field<Self>] {
    option("first", \.first, in: 1...1_000_000, "The epochs after which trials are compared first.")
    option("factor", \.factor, in: 2...100, "How many trials are compared for each that goes on.")
    option(
      "epochs", \.epochs, in: 1...1_000_000,
      "The epochs of a whole training; by default those of the stage that is watched.")
    option(
      "watch", \.watch,
      "What trials are compared by, a metric that a training tells after each epoch, as in "
        + "`{max: teacher.validation.accuracy}`; by default the goal.")
  }
}

/// A metric with the direction in which it gets better, written `{max: teacher.validation.accuracy}`.
package struct WatchedMetric: OptionValue {
  package let isMaximized: Bool
  package let metric: MetricAddress

  package init(isMaximized: Bool, metric: MetricAddress) {
    self.isMaximized = isMaximized
    self.metric = metric
  }

  package static var schema: Schema { .map(MetricAddress.schema) }
  package var value: Value { [isMaximized ? "max" : "min": metric.value] }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> WatchedMetric? {
    let example = "write it as watch: {max: teacher.validation.accuracy}"
    guard let entry = node.mapping?.first, node.mapping?.count == 1,
      ["max", "min"].contains(entry.key)
    else {
      problems.add(
        Diagnostic("'watch' takes one of 'max' and 'min'", at: node.range, remedy: example))
      return nil
    }
    return MetricAddress.decode(entry.value, into: &problems).map {
      WatchedMetric(isMaximized: entry.key == "max", metric: $0)
    }
  }
}
