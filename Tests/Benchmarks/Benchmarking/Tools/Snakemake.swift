/// Snakemake with one rule for all stages, which it reads faster than a rule for each.
struct Snakemake: Tool {
  let python: PeerPython

  let name = "Snakemake"
  let criterion =
    "times of files, and the code, parameters and list of inputs that it recorded; small files whose "
    + "time changed are compared by checksum"
  let calls =
    "`snakemake --cores 2 --quiet all --scheduler greedy`, and `--dry-run` for planning; one rule with "
    + "a wildcard stands for all stages"

  var version: Invocation { python.version(of: "snakemake") }
  var read: Invocation { dryRun }
  var plan: Invocation? { dryRun }

  var run: Invocation {
    python.run("snakemake", "--cores", "2", "--quiet", "all", "--scheduler", "greedy")
  }

  private var dryRun: Invocation { python.run("snakemake", "--dry-run", "--quiet", "all") }

  func files(for workload: Workload) -> [String: String] {
    let input =
      workload.shape == .folder ? "sorted(glob('\(DataFolder.name)/*/*'))" : "'\(workload.source)'"
    return [
      "Snakefile": """
      from glob import glob

      rule all:
          input: [f"out/s{index:05}.txt" for index in range(\(workload.stages.count))]

      rule copy:
          input: \(input)
          output: "out/{name}.txt"
          shell: "cp \(workload.source) {output}"

      """
    ]
  }
}
