/// DVC without a Git repository, linking its cache instead of copying.
struct DVC: Tool {
  let python: PeerPython

  let name = "DVC"
  let criterion =
    "the commands and the MD5 of every dependency and output; size, time and inode only spare reading a "
    + "file again"
  let calls =
    "`dvc repro` (it runs one stage at a time), `dvc status`, `dvc stage list`; `init --no-scm`, "
    + "`core.analytics` and `core.check_update` off, `cache.type hardlink`"

  var version: Invocation { python.version(of: "dvc") }

  var preparation: [Invocation] {
    let settings = [
      ("core.analytics", "false"), ("core.check_update", "false"),
      ("core.site_cache_dir", ".dvc/site"), ("cache.type", "hardlink,copy"),
    ]
    return [python.run("dvc", "init", "--no-scm", "--quiet")]
      + settings.map { python.run("dvc", "config", $0, $1) }
  }

  var read: Invocation { python.run("dvc", "stage", "list") }
  var plan: Invocation? { python.run("dvc", "status") }
  var run: Invocation { python.run("dvc", "repro", "--quiet") }

  /// Recording what the shell made takes a hundredth of the time of `repro`.
  func settle(_ workload: Workload) -> Invocation {
    var invocation = Invocation.shell(
      "\(BareShell.line(for: workload)) && \(python.executable) -m dvc commit --force --quiet")
    invocation.environment = PeerPython.environment
    return invocation
  }

  func files(for workload: Workload) -> [String: String] {
    let input = workload.shape == .folder ? DataFolder.name : workload.source
    let stages = workload.stages.map { stage in
      """
        \(stage.name):
          cmd: cp \(workload.source) \(stage.output)
          deps: [\(input)]
          outs: [\(stage.output)]

      """
    }
    return ["dvc.yaml": "stages:\n" + stages.joined()]
  }
}
