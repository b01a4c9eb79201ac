/// The shell lines alone, started two at a time by xargs: what the stages cost without any runner.
struct BareShell: Tool {
  let name = "shell lines alone"
  let criterion = "nothing: it always runs everything"
  let calls = "`xargs --max-procs 2` with the same `sh -c 'cp …'` for each stage"

  let version = Invocation.shell("xargs --version | head -n 1")
  let read = Invocation.shell("sh -n lines.sh")
  let plan: Invocation? = nil
  let run = Invocation("/bin/sh", ["lines.sh"])

  func files(for workload: Workload) -> [String: String] {
    ["lines.sh": Self.line(for: workload) + "\n"]
  }

  /// Runs the stages of a workload whose stages read no others.
  static func line(for workload: Workload) -> String {
    let last = workload.stages.count - 1
    return "seq --format 's%05g' 0 \(last) | "
      + "xargs --max-procs 2 -I NAME sh -c 'cp \(workload.source) out/NAME.txt'"
  }
}
