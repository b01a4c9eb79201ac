import Diagnostics
import Pipeline
import Stages
import Testing
import YAML

/// The words for mistakes in whole pipelines with the real kinds of stages.
@Suite struct `Mistakes in pipelines` {
  private let program: Program

  init() throws {
    program = try Program()
    try program.write("height,width,colour,species\n1,2,red,cat\n3,4,blue,dog\n", to: "d.csv")
  }

  private static let cases =
    ForeignNameCases.all + ForeignFormCases.all + PlaceCases.all + ValueCases.all
    + ReferenceCases.all + HabitCases.all

  @Test(arguments: cases)
  func `are told with their place, what they are, and what to write`(item: MistakeCase) {
    let problems = problems(in: item.text)
    #expect(problems.count == item.expected.count, "\(problems)")
    for (problem, expected) in zip(problems, item.expected) {
      let place = problem.location.map { "\($0.line):\($0.column)" }
      #expect(place == expected.place)
      let label = problem.severity == .warning ? "warning: " : ""
      #expect((label + problem.message).contains(expected.fact))
      #expect(
        problem.notes.contains { $0.message.contains(expected.remedy) },
        "\(problem.notes.map(\.message))")
    }
  }

  @Test func `are all told in one pass, each once`() {
    let text = """
      pipeline: my pipe
      seed: x
      vars: {epochs: 3}
      stages:
        data:
          load:
            csv: nothere.csv
            target: species
            spilt: {train: 70%}
        scaled:
          from: dta
          normalise: {zscore: {}}
        model:
          from: scaled
          devcie: cuda
          timeout: 5
          train:
            model: {mpl: {hidden: [8]}}
            epochs: ${vars.epoch}
            batch: 0
        out:
          from: {stage: model, pik: {max: accuracy}}
          accelerate: {export: [onxx]}
      """
    #expect(
      problems(in: text).map { "\($0.location?.line ?? 0) \($0.message)" } == [
        "1 'my pipe' is no name for a pipeline", "2 expected a whole number, found the text 'x'",
        "7 there is no file 'nothere.csv'", "9 unknown key 'spilt'", "11 there is no stage 'dta'",
        "12 unknown key 'normalise'", "12 'zscore' is not one of the choices here",
        "15 unknown key 'devcie'", "16 expected a duration, found the number 5",
        "18 'mpl' is not one of the choices here", "19 there is no variable 'epoch'",
        "20 0 is out of range for 'batch'", "22 unknown key 'pik'",
        "23 'onxx' is not one of the choices here",
      ])
  }

  @Test func `do not make files missing that a wrong stage may write`() {
    let text = """
      pipeline: p
      stages:
        make:
          command: {cmd: make-it, outputs: [made.csv]}
        data:
          from: make
          load: {csv: made.csv, target: x}
      """
    #expect(problems(in: text).map(\.message) == ["unknown key 'cmd'"])
  }

  private func problems(in text: String) -> [Diagnostic] {
    PipelineReading(
      parsing: Array(text.utf8), path: program.folder + "/p.yaml", catalog: .standard
    ).problems.all
  }
}
