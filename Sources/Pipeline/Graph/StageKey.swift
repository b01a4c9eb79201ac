package import Artifacts
package import YAML

/// What a stage instance's result depends on, and the digest that stands for it.
///
/// What the machine picked, such as a device or a number of threads, is no part of it.
package struct StageKey: Hashable, Sendable {
  /// Everything that entered the digest, so that a later run can name what changed.
  package let ingredients: Value
  package let digest: Digest

  /// - Parameters:
  ///   - inputs: the digests of the artifacts that fill each role, in their order.
  ///   - files: the digest of each file that the stage reads, by its path relative to the pipeline.
  package init(
    of instance: StageInstance, numerics: NumericsMode, inputs: [String: [Digest]],
    files: [String: Digest]
  ) {
    var ingredients: Value = [
      "kind": .string(instance.kind), "revision": .int(instance.revision),
      "settings": instance.settings.value, "seed": .int(Int(clamping: instance.seed)),
      "inputs": .object(inputs.mapValues { .array($0.map { .string($0.hex) }) }),
      "files": .object(files.mapValues { .string($0.hex) }),
    ]
    if let precision = instance.requests.precision {
      ingredients["precision"] = .string(precision.value.rawValue)
    }
    if numerics != .native {
      ingredients["numerics"] = .string(numerics.rawValue)
    }
    var fingerprint = Fingerprint("stage")
    fingerprint.add("ingredients", ingredients)
    self.ingredients = ingredients
    digest = fingerprint.digest
  }
}
