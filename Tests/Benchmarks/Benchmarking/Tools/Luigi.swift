/// Luigi with its scheduler in the same process.
///
/// It has one worker, because with more it forks a process for each task: a thousand short ones take
/// 6 s with one worker and 10 s with two.
struct Luigi: Tool {
  let python: PeerPython

  let name = "Luigi"
  let criterion = "whether the output exists; it looks at no input"
  let calls =
    "`luigi --local-scheduler`, one task at a time, which is faster here than `--workers 2`; one task "
    + "class stands for all stages"

  var version: Invocation { python.version(of: "luigi") }
  var read: Invocation { run }
  let plan: Invocation? = nil

  var run: Invocation {
    python.run(
      "luigi", "--module", "tasks", "All", "--local-scheduler", "--workers", "1", "--log-level",
      "ERROR")
  }

  func files(for workload: Workload) -> [String: String] {
    [
      "tasks.py": """
      import subprocess

      import luigi


      class Copy(luigi.Task):
          name = luigi.Parameter()

          def output(self):
              return luigi.LocalTarget(f"out/{self.name}.txt")

          def run(self):
              line = f"cp \(workload.source) out/{self.name}.txt"
              subprocess.run(["/bin/sh", "-c", line], check=True)


      class All(luigi.WrapperTask):
          def requires(self):
              return [Copy(name=f"s{index:05}") for index in range(\(workload.stages.count))]

      """
    ]
  }
}
