internal import Deployment
internal import YAML

/// `anneal infer`: answers for new rows in this process. `anneal predict` calls it, because the native
/// libraries belong into a process of their own.
struct InferCommand: Command {
  var deployment = ""
  var inputs: [String] = []
  var limit: Int?

  static let name = "infer"
  static let summary = "Answers for new rows in this process."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("DEPLOYMENT", \.deployment, "The folder of a deployment.")
    arguments("INPUT", \.inputs, "Tables or images.")
    option("limit", \.limit, "ROWS", "The most rows to answer for.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let predictor = try Predictor(opening: deployment)
    let rows = try NewRows(inputs, predictor.description)
    console.write(.array(try rows.answers(of: predictor, limit: limit)))
    return .done
  }
}
