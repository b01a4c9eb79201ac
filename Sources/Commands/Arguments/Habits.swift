internal import Diagnostics

/// Words that other programs have for what is called otherwise here: version control, runners of
/// pipelines, trackers of experiments, and `make`.
enum Habits {
  /// The command that is meant by each word, with its options.
  static let commands: [String: String] = {
    var table: [String: String] = [:]
    for (meant, words) in otherCommands {
      for word in words { table[word] = meant }
    }
    return table
  }()

  private static let otherCommands: KeyValuePairs = [
    "run": [
      "repro", "reproduce", "start", "exec", "execute", "launch", "make", "build", "all", "submit",
      "resume", "continue", "fit", "materialize", "backfill", "trigger", "apply",
      "do",
    ],
    "search": [
      "tune", "sweep", "hpo", "optimize", "hyperparameters", "study", "agent", "optuna", "multirun",
    ],
    "run --force": ["rerun", "forceall", "rebuild", "force", "retry"],
    "run --dry-run": ["dryrun", "dry-run", "dry", "preview", "simulate"],
    "run --tag NAME": ["experiment"],
    "graph": [
      "dag", "viz", "visualize", "draw", "plot", "rulegraph", "filegraph", "tree", "lineage",
    ],
    "show": [
      "metrics", "params", "parameters", "cat", "inspect", "describe", "get", "results", "print",
      "artifacts", "view", "summary",
    ],
    "compare": ["diff", "difference", "cmp", "metrics-diff", "params-diff"],
    "runs": ["history", "experiments", "exp", "exps", "reflog"],
    "report": ["plots", "ui", "dashboard", "webserver", "html", "page", "open"],
    "list": ["ls", "stages", "tasks", "rules", "targets", "stage", "pipelines", "dags"],
    "logs": ["log", "tail", "output", "stdout", "stderr"],
    "check": ["validate", "lint", "parse", "verify-config", "fmt", "format", "compile"],
    "status": ["st", "state", "why", "outdated", "stale", "changed"],
    "plan": ["explain", "schedule", "resources", "estimate"],
    "verify": ["reproducible", "fsck", "validate-run", "audit"],
    "accept": ["commit", "touch", "adopt", "cleanup-metadata"],
    "predict": [
      "serve", "inference", "score", "evaluate", "eval", "test", "answer", "classify", "models",
    ],
    "init": ["new", "create", "setup", "template", "scaffold", "bootstrap"],
    "gc": ["clean", "prune", "cleanup", "purge", "rm", "remove", "delete", "clear", "reset"],
    "export": [
      "push", "save", "pack", "bundle", "archive", "package", "publish", "upload", "remote",
    ],
    "import": ["pull", "fetch", "checkout", "restore", "unpack", "clone", "download"],
    "tag": ["label", "alias", "mark"],
    "note": ["comment", "annotate", "remark"],
    "doctor": ["env", "environment", "info", "sysinfo", "diagnose", "devices", "hardware"],
    "schema": ["json-schema", "jsonschema"],
    "help": ["man", "usage", "docs", "commands"],
    "version": ["ver", "about"],
    "completions": ["autocomplete", "shell-completion"],
  ]

  /// The options that may be meant by each option, of which a command has one or none.
  static let options: [String: [String]] = {
    var table = letters
    for (meant, words) in longOptions {
      for word in words { table["--" + word, default: []].append(meant) }
    }
    return table
  }()

  private static let longOptions: KeyValuePairs = [
    "--force": [
      "forceall", "always-make", "rerun", "no-cache", "no-run-cache", "forcerun", "rebuild",
    ],
    "--dry-run": ["dryrun", "dry", "just-print", "preview", "simulate", "recon", "no-act"],
    "--jobs": [
      "cores", "parallel", "workers", "processes", "max-workers", "concurrency", "local-cores",
    ],
    "--set": [
      "set-param", "param", "params", "parameter", "config", "override", "var", "define", "vars",
    ],
    "--profile": ["environment", "configfile", "preset", "mode"],
    "--keep-going": ["ignore-errors", "no-fail-fast", "keep-running", "continue-on-error"],
    "--downstream": ["forward", "and-after"],
    "--until": ["to", "upto", "up-to", "target", "omit-from"],
    "--locked": ["frozen", "frozen-lockfile", "immutable"],
    "--stage-log": ["show-log", "log", "logs", "follow"],
    "--tag": ["name", "label", "run-name", "experiment-name"],
    "--limit": ["last", "count", "max", "head", "rows", "max-count", "num"],
    "--json": ["show-json", "as-json", "machine-readable"],
    "--format": ["mermaid", "dot", "md", "csv", "output-format", "type"],
    "--output": ["out", "to-file", "file", "save", "dest"],
    "--keep": ["columns", "id", "cols", "with"],
    "--store": ["cache-dir", "tracking-uri", "remote", "repo"],
    "--target": ["label", "y", "label-column", "target-column"],
    "--csv": ["data", "table", "input", "file", "dataset"],
    "--directory": ["cd", "chdir", "cwd", "workdir", "working-directory", "project-dir"],
    "--quiet": ["silent", "no-progress", "mute"],
    "--verbose": ["debug", "trace", "loud"],
  ]

  /// Single letters of other programs.
  private static let letters = [
    "-B": ["--force"], "-R": ["--force"], "-S": ["--set"], "-P": ["--set"], "-D": ["--set"],
    "-c": ["--jobs"], "-i": ["--keep-going"], "-d": ["--directory"], "-w": ["--directory"],
    "-e": ["--set"], "-s": ["--quiet"], "-l": ["--limit"], "-t": ["--tag"],
  ]
}

extension Habits {
  /// What to do instead of a command that there is not.
  ///
  /// - Parameters:
  ///   - names: The commands that there are.
  ///   - kinds: The kinds of stage.
  static func remedy(for word: String, names: [String], kinds: [String]) -> String {
    let lower = word.lowercased()
    if kinds.contains(lower) {
      let other = commands[lower].map { "; or did you mean 'anneal \($0)'?" } ?? ""
      return "'\(lower)' is a kind of stage: 'anneal run' runs it, "
        + "'anneal help \(lower)' explains it\(other)"
    }
    if lower.hasSuffix(".yaml") || lower.hasSuffix(".yml") {
      return "did you mean 'anneal run \(word)'?"
    }
    let near = commands[lower] ?? nearestName(to: lower, in: names + commands.keys.sorted())
    guard let near else { return "'anneal help' lists them" }
    return "did you mean 'anneal \(commands[near] ?? near)'?"
  }

  /// The option of a command that is meant by one that it has not, or nil.
  static func option(for word: String, among names: [String]) -> String? {
    if let meant = options[word]?.first(where: names.contains) { return meant }
    return word.hasPrefix("--") ? nearestName(to: word, in: names) : nil
  }
}
