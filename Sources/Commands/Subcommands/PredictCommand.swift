internal import Diagnostics
internal import Glibc
internal import Processes

/// `anneal predict`: answers for new rows with the deployment of a pipeline.
struct PredictCommand: Command {
  var deployment: String?
  var inputs: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var options = AnswerOptions()

  static let name = "predict"
  static let summary = "Answers for new rows with a pipeline's deployment."
  static let discussion =
    "DEPLOYMENT is the folder of an accelerate stage's artifact, a pipeline file, or "
    + "PIPELINE:STAGE where it has several; without one the folder's only pipeline is meant. A row that "
    + "cannot be answered is told with its file and column, the others are answered, and the exit status is 1. "
    + "Where rows have the target too, the answers are held against it. CSV, TSV and JSON lines bring along "
    + "the rows' own columns. Tables without a header are taken to have the columns of the training table, with "
    + "or without the target."

  static var parameters: [Parameter<Self>] {
    argument("DEPLOYMENT", \.deployment, "A folder, a pipeline, or PIPELINE:STAGE.")
    arguments(
      "INPUT", \.inputs,
      "Tables, images, sounds, texts, folders of them, or '-' for standard input.")
    changeOptions(\.changes)
    answerOptions(\.options)
    storeOption(\.store, insteadOf: .besidePipeline)
  }

  var servesProgram: Bool { (try? options.answerFormat().isForPrograms) ?? false }

  func run(_ console: Console) throws -> ExitCode {
    _ = try options.answerFormat()
    let words = try PredictionWords(deployment, inputs)
    let place = try DeploymentPlace(words.deployment, store: store, changes)
    let folder: String
    do {
      folder = try place.folder()
    } catch let problems as Diagnostics {
      console.refuse(problems, sources: place.sources(for: problems))
      return .wrong
    }
    let quiet = console.verbosity == .quiet ? ["--quiet"] : []
    let infer = [InferCommand.name] + options.words + quiet + ["--", folder] + words.inputs
    let ending =
      words.inputs.contains("-")
      ? try OwnProcess.attached(infer, reading: StandardInput())
      : try OwnProcess.attached(infer)
    switch ending {
    case .exited(let status): return ExitCode(rawValue: status) ?? .failed
    case .signalled:
      throw Diagnostic("predicting was ended by \(ending)", remedy: "run 'anneal doctor'")
    }
  }
}
