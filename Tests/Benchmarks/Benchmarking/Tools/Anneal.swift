/// The release build of this package.
struct Anneal: Tool {
  let executable: String

  let name = "Anneal"
  let criterion =
    "the settings and the SHA-256 of every input; size, times and inode only spare reading a file again"
  let calls = "`anneal check`, `anneal plan`, `anneal run -j 2`"

  var version: Invocation { Invocation(executable, ["--version"]) }
  var read: Invocation { check("pipeline.yaml") }
  var plan: Invocation? { Invocation(executable, ["plan", "pipeline.yaml"]) }
  var run: Invocation { Invocation(executable, ["run", "pipeline.yaml", "-j", "2"]) }

  func check(_ file: String) -> Invocation { Invocation(executable, ["check", file]) }

  func files(for workload: Workload) -> [String: String] {
    let input = workload.shape == .folder ? DataFolder.name : workload.source
    let stages = workload.stages.map { text($0, source: workload.source, input: input) }
    return ["pipeline.yaml": "pipeline: \(workload.shape)\nstages:\n" + stages.joined()]
  }

  private func text(_ stage: CopyStage, source: String, input: String) -> String {
    guard let first = stage.upstream.first else {
      return """
          \(stage.name):
            command:
              run: cp \(source) \(stage.output)
              inputs: [\(input)]
              outputs: [\(stage.output)]

        """
    }
    let artifact = "$ANNEAL_INPUT_\(first.uppercased())"
    return """
        \(stage.name):
          from: [\(stage.upstream.joined(separator: ", "))]
          command:
            run: cp "\(artifact)/\(CopyStage.output(of: first))" \(stage.output)
            outputs: [\(stage.output)]

      """
  }
}
