import Diagnostics
import Network

extension Network {
  /// The fewest rows that can be trained on together: the variance that a batch norm measures takes
  /// two.
  ///
  /// - Parameter frozen: The nodes whose statistics stay as they are.
  func leastBatch(freezing frozen: Set<String> = []) -> Int {
    nodes.contains { $0.layer.traits.norm != nil && !frozen.contains($0.name) } ? 2 : 1
  }
}

extension Diagnostic {
  /// Refuses what leaves a batch norm with one row at a time.
  ///
  /// - Parameter source: Where the rows come from, such as `batches`.
  static func tooSmallForBatchNorm(_ source: String) -> Diagnostic {
    Diagnostic(
      "a batch norm cannot learn from \(source) of one row",
      remedy: "train on more rows at once, or use a model without batch norm")
  }
}
