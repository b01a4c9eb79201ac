internal import Diagnostics
internal import Learning
internal import Pipeline
internal import YAML

extension StageJob {
  /// Runs `body`; a problem that it throws without a place is told where a setting stands.
  func placing<Result>(_ setting: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var problem as Diagnostic {
      problem.range = problem.range ?? places[setting]
      throw problem
    }
  }
}

extension TrainingRecipe {
  /// Where the settings stand that a run may find a fault with.
  static func places(_ node: Node) -> [String: SourceRange] {
    node[batchKey].map { [batchKey: $0.range] } ?? [:]
  }
}
