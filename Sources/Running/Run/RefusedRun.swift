internal import Artifacts
internal import Diagnostics

/// Why a run does not begin: a file that it needs beside the pipeline is missing or wrong.
struct RefusedRun: Error {
  let problems: Diagnostics
}

extension RunRequest {
  /// The lock file, if there is one.
  func lockFile() throws(RefusedRun) -> LockFile? {
    do throws(Diagnostics) { return try LockFile(reading: lockPath) } catch {
      throw RefusedRun(problems: error)
    }
  }

  /// The lock file that the run is held against.
  func requiredLockFile() throws(RefusedRun) -> LockFile {
    if let locked = try lockFile() { return locked }
    let isSet = !invocation.overrides.isEmpty
    throw RefusedRun(
      problems: Diagnostics(
        Diagnostic(
          "there is no lock file '\(lockPath)'",
          remedy: "run without --locked\(isSet ? " and without --set" : "") once to write it")))
  }
}
