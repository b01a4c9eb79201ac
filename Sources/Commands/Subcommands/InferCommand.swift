internal import Dataset
internal import Deployment
internal import Diagnostics
internal import YAML

/// `anneal infer`: answers for new rows in this process. `anneal predict` calls it, because the native
/// libraries belong into a process of their own.
struct InferCommand: Command {
  var deployment = ""
  var inputs: [String] = []
  var options = AnswerOptions()

  static let name = "infer"
  static let summary = "Answers for new rows in this process."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("DEPLOYMENT", \.deployment, "The folder of a deployment.")
    arguments("INPUT", \.inputs, "Tables, images, folders of either, or '-'.")
    answerOptions(\.options)
  }

  var servesProgram: Bool { (try? options.answerFormat().isForPrograms) ?? false }

  func run(_ console: Console) throws -> ExitCode {
    let predictor = try Predictor(opening: deployment)
    let rows = try NewRows(inputs.map { Self.file($0) }, predictor.description)
    console.say(rows.warnings)
    let format = try options.answerFormat()
    let kept = try columns(of: rows, format)
    let target = predictor.description.target
    var text = AnswerText(
      format, columns: kept.map { rows.columns[$0] }, names: rows.names,
      target: target)
    let file = try AnswerFile(options.output, console)
    var problems = RowProblems()
    var score = NewRowScore(target)
    var count = 0
    try rows.answers(of: predictor, limit: options.limit) { answers in
      for answer in answers {
        problems.add(answer)
        score.add(answer)
      }
      count += answers.count
      guard !options.score else { return }
      try file.write(
        text.add(
          answers.map { answer in
            AnsweredRow(
              name: answer.row.name, cells: kept.map { answer.row.cells[$0] },
              answer: answer.problem == nil ? predictor.answer(answer.outputs) : nil,
              problem: answer.problem)
          }))
    }
    if options.score {
      try file.write(try scoreText(score, target))
    } else {
      try file.write(text.end(width: options.output == nil ? console.tableWidth : nil))
    }
    try file.finish()
    if count == 0 { console.say("there is no row to answer for") }
    if let output = options.output, !options.score {
      console.say("wrote \(count) \(count == 1 ? "row" : "rows") to \(output)")
    }
    problems.tell(console)
    if !options.score { tell(score, target, console) }
    return problems.failed == 0 ? .done : .failed
  }

  /// Standard input is a file, see `predict`.
  private static func file(_ word: String) -> SourceFile {
    word == "-"
      ? SourceFile(path: "/proc/self/fd/0", name: "stdin") : SourceFile(path: word, name: word)
  }

  /// The places of the columns that rows bring along.
  private func columns(of rows: NewRows, _ format: AnswerFormat) throws(UsageError) -> [Int] {
    guard !options.keep.isEmpty else {
      return format.carriesRows ? Array(rows.columns.indices) : []
    }
    var kept: [Int] = []
    for name in options.keep {
      guard let place = rows.columns.firstIndex(of: name) else {
        let near = nearestName(to: name, in: rows.columns)
        throw UsageError(
          "there is no column '\(name)' to keep",
          remedy: near.map { "did you mean '\($0)'?" }
            ?? "columns are \(rows.columns.shortened().joined(separator: ", "))")
      }
      kept.append(place)
    }
    return kept
  }

  private func scoreText(_ score: NewRowScore, _ target: Target) throws(Diagnostic) -> String {
    guard let metrics = score.metrics else {
      throw Diagnostic(
        "no row tells what is right" + (score.firstDoubt.map { ": \($0)" } ?? ""),
        remedy:
          "give rows with the \(target.columns.isEmpty ? "column" : "columns") '\(target.name)'")
    }
    if options.isJSON {
      let value: Value = ["rows": .int(score.rows), "metrics": metrics]
      return value.prettyJSON + "\n"
    }
    let lines = [("rows", "\(score.rows)")] + MetricsText.lines(metrics)
    let column = (lines.map(\.0.count).max() ?? 0) + 2
    return lines.map { name, text in
      name + String(repeating: " ", count: column - name.count) + text + "\n"
    }.joined()
  }

  /// Says how good the answers are, where rows tell what is right.
  private func tell(_ score: NewRowScore, _ target: Target, _ console: Console) {
    if let metrics = score.metrics {
      let words = MetricsText.lines(metrics).map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      let rows = "\(score.rows) \(score.rows == 1 ? "row" : "rows")"
      console.say("held against '\(target.name)' in \(rows): \(words)")
    }
    guard let doubt = score.firstDoubt, score.metrics != nil else { return }
    let others = score.doubtful > 1 ? ", and \(score.doubtful - 1) more" : ""
    console.say("not held against it: \(doubt)\(others)")
  }
}
