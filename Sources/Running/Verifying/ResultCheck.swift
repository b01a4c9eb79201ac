internal import Artifacts
internal import Hardware
internal import Pipeline
internal import Records
internal import Workers
internal import YAML

/// Compares what a stage left behind this time with what the lock file says of it.
struct ResultCheck {
  let instance: StageInstance
  let recorded: StageResult
  let locked: LockFile.Stage?
  let store: Store

  /// Tells in sentences how two files differ.
  let comparison: @Sendable (_ old: String, _ new: String) -> [String]

  func verdict(on folder: String, _ done: WorkerResult) throws -> VerificationResult {
    let manifest = try TreeManifest(of: folder, instance.detail)
    var verdict = VerificationResult(instance.address, .same)
    if done.numerics.engine != recorded.numerics.engine {
      verdict.remarks.append(
        "it ran with \(recorded.numerics.engine), and \(done.numerics.engine) is installed here")
    }
    guard !manifest.isCalled(recorded.output) else {
      let changes =
        instance.settings.workload.variation == nil ? locked?.changes(to: done.metrics) ?? [] : []
      if !changes.isEmpty {
        verdict.outcome = .differs
        verdict.facts = changes.map { "metric \($0)" }
      }
      return verdict
    }
    if let variation = instance.settings.workload.variation {
      try compare(manifest, folder, done, variation, &verdict)
    } else {
      verdict.outcome = .differs
      verdict.facts = try differences(manifest, folder, done, leavingOut: [])
    }
    return verdict
  }

  /// Compares what a stage that times itself leaves behind beside its times.
  private func compare(
    _ manifest: TreeManifest, _ folder: String, _ done: WorkerResult, _ variation: Variation,
    _ verdict: inout VerificationResult
  ) throws {
    verdict.outcome = .measured
    let before = variation.choice(in: recorded.metrics)
    let after = variation.choice(in: done.metrics)
    guard before == after else {
      let changes = zip(variation.choice, zip(before, after)).filter { $0.1.0 != $0.1.1 }
        .map { path, values in
          "\(path.joined(separator: ".")) \(Self.text(values.0)) → \(Self.text(values.1))"
        }
      verdict.remarks.append(
        "it measured another way to be the fastest (\(changes.joined(separator: ", "))), and its "
          + "files follow from that: nothing was compared but its key")
      return
    }
    let left = variation.files.filter { name in manifest.entries.contains { $0.path == name } }
    let facts = try differences(manifest, folder, done, leavingOut: variation.files)
    let compared = manifest.digests(except: variation.files).keys.sorted()
    verdict.remarks.append(
      "left out, because they hold times: \(left.sorted().joined(separator: ", ")); compared: "
        + (compared.isEmpty ? "no files" : compared.joined(separator: ", ")))
    if !facts.isEmpty {
      verdict.outcome = .differs
      verdict.facts = facts
    }
  }

  private func differences(
    _ manifest: TreeManifest, _ folder: String, _ done: WorkerResult,
    leavingOut left: Set<String>
  ) throws -> [String] {
    let new = manifest.digests(except: left)
    let isKept = store.contains(recorded.output)
    let old =
      isKept
      ? try store.manifest(of: recorded.output).digests(except: left) : locked?.files ?? [:]
    guard isKept || !old.isEmpty else {
      // Only the digest of the whole is known, and the metrics.
      let metrics = ValueComparison(recorded.metrics, done.metrics).sentences
      return [
        "\(recorded.output.short) is locked and \(manifest.digest.short) came out; which files "
          + "differ cannot be told, because the recorded ones are not in the store"
      ] + metrics.map { "metric \($0)" }
    }
    let before = isKept ? try store.checkOut(recorded.output) : nil
    var facts: [String] = []
    for path in Set(old.keys).union(new.keys).sorted() where old[path] != new[path] {
      if new[path] == nil {
        facts.append("'\(path)' did not come out")
      } else if old[path] == nil {
        facts.append("'\(path)' came out beside what is locked")
      } else {
        let details = before.map { comparison($0 + "/" + path, folder + "/" + path) }
        facts.append(
          "'\(path)' differs" + (details.map { ": " + $0.joined(separator: "; ") } ?? ""))
      }
    }
    return facts
  }

  private static func text(_ value: Value) -> String { value.string ?? value.canonicalJSON }
}
