package import Dataset
package import YAML

extension Target {
  /// The names of a confusion matrix's rows and columns, as a metric beside the matrices; nothing
  /// where there are none.
  package var classMetrics: Value {
    guard task == .classification, classes.count <= ClassificationMetrics.largestMatrix else {
      return [:]
    }
    return ["classes": .array(classes.map(Value.string))]
  }
}
