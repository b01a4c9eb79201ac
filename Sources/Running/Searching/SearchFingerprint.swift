internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Search
internal import YAML

/// What a search means: what decides its trials and what they come to.
enum SearchFingerprint {
  static func of(_ request: SearchRequest) throws(Diagnostic) -> String {
    var fingerprint = Fingerprint("search definition")
    fingerprint.add("search", request.spec.identity)
    fingerprint.add("threads", .int(request.threads))
    fingerprint.add("watched", request.watched?.text ?? "")
    fingerprint.add("seed", .int(request.graph.seed))
    fingerprint.add("numerics", request.graph.numerics.rawValue)
    let files = try FileDigests(cache: request.store.layout.digests)
    let instances = request.graph.instances.sorted { $0.address < $1.address }
    for instance in instances {
      fingerprint.add("stage", instance.address)
      fingerprint.add("kind", "\(instance.kind) \(instance.revision)")
      fingerprint.add("settings", instance.settings.value)
      fingerprint.add("after", instance.dependencies.joined(separator: " "))
      // What another stage is about to write is none of the search's givens.
      let digests = (try? files.digests(readBy: instance, in: request.graph)) ?? [:]
      for (path, digest) in digests.sorted(by: { $0.key < $1.key }) {
        fingerprint.add(path, digest)
      }
    }
    try files.save()
    return fingerprint.digest.hex
  }
}
