import Dataset
import Deployment
import YAML

extension Predictor {
  /// Opens a deployment and answers for the rows of a table.
  static func answers(of deployment: String, for table: String, limit: Int? = nil) throws -> [Value]
  {
    let predictor = try Predictor(opening: deployment)
    let rows = try NewRows([SourceFile(path: table, name: table)], predictor.description)
    var answers: [Value] = []
    try rows.answers(of: predictor, limit: limit) { found in
      answers += found.map { predictor.answer($0.outputs) }
    }
    return answers
  }
}
