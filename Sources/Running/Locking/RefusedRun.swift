internal import Artifacts
internal import Diagnostics
internal import Records

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
    do throws(Diagnostics) {
      return try LockFile(required: lockPath, for: invocation)
    } catch {
      throw RefusedRun(problems: error)
    }
  }
}

extension LockFile {
  /// Reads the file that a run is held against.
  init(required path: String, for invocation: Invocation) throws(Diagnostics) {
    guard let locked = try LockFile(reading: path) else {
      let isSet = !invocation.overrides.isEmpty
      throw Diagnostics(
        Diagnostic(
          "there is no lock file '\(path)'",
          remedy: "run without --locked\(isSet ? " and without --set" : "") once to write it"))
    }
    self = locked
  }
}
