import Dataset
import Diagnostics
import Hardware
import Tensor

/// Finds values that no network computes with: missing ones, which are NaN, and infinite ones.
enum FiniteInputs {
  /// Refuses a batch with such a value, naming its row and column.
  ///
  /// - Parameter known: The features of which it is known that they have none.
  static func require(
    _ batch: Batch, of description: DatasetDescription, except known: Set<String> = []
  ) throws {
    for feature in description.features where !known.contains(feature.name) {
      guard let tensor = batch.inputs[feature.name], tensor.type.isFloatingPoint else { continue }
      // One pass without a copy; only a sum that is not finite is worth a look at each value.
      guard try !tensor.sum().item().isFinite else { continue }
      let values = try tensor.to(.cpu).to(.float32).array(Float.self)
      guard let place = values.firstIndex(where: { !$0.isFinite }) else { continue }
      let width = max(1, values.count / max(1, batch.rows.count))
      throw problem(
        with: values[place], in: feature, at: place % width,
        row: description.name(of: batch.rows[place / width]))
    }
  }

  private static func problem(
    with value: Float, in feature: Feature, at element: Int, row: String
  ) -> Diagnostic {
    let column =
      feature.columns.indices.contains(element)
      ? "the column '\(feature.columns[element])'" : "the feature '\(feature.name)'"
    guard value.isNaN else {
      return Diagnostic(
        "\(row) has an infinite value in \(column), with which no model computes",
        remedy: "limit it before, with '- outliers: {iqr: {}}' in a clean stage")
    }
    let problem = Diagnostic(
      "\(row) has no value in \(column), and a model cannot do without",
      remedy: "fill or drop what is missing before, with '- missing: {fill: median}' or "
        + "'- missing: drop' in a clean stage")
    guard feature.columns.indices.contains(element) else { return problem }
    return problem.adding(
      remedy: "a column without a value in any row is left out by 'columns' where it is loaded")
  }
}
