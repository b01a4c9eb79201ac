package import Deployment
package import Options

extension Accelerate {
  package struct Settings: Options, Hashable {
    package var goal = Goal.latency
    package var batch: Int?
    package var floor = Floor()
    package var budget = TimeSpan.minutes(2)
    package var engines = RegisteredRuntime.allCases
    package var export = ModelFormat.allCases

    package init() {}

    package static let title = "accelerate"
    package static let summary = Accelerate.summary

    package static var fields: [Field<Self>] {
      option("goal", \.goal, "What is to be small or large.")
      option(
        "batch", \.batch, in: 1...65536,
        "Rows that are run at once; 1 for latency and size, 64 for throughput by default.")
      option("floor", \.floor, "How much quality may be lost on held-out data.")
      option(
        "budget", \.budget, in: TimeSpan.seconds(1)...TimeSpan.hours(24), "Time to measure in.")
      option("engines", \.engines, count: 1..., "The engines to try.")
      option("export", \.export, "The formats to write beside what the winner needs.")
    }

    /// The rows run at once, filled in.
    package var rows: Int { batch ?? (goal == .throughput ? 64 : 1) }
  }

  package enum Goal: String, CaseIterable, NamedOption {
    case latency, throughput, size

    package var summary: String {
      switch self {
      case .latency: "The least time for a batch."
      case .throughput: "The most rows a second."
      case .size: "The smallest files."
      }
    }
  }
}
