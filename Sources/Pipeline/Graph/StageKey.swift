package import Artifacts
package import YAML

/// What a stage instance's result depends on, and the digest that stands for it.
///
/// What the machine picked, such as a device or a number of threads, is no part of it.
package struct StageKey: Hashable, Sendable {
  /// An artifact that fills a role.
  package struct Input: Hashable, Sendable {
    /// The address of the instance that made it.
    package let source: String
    package let digest: Digest

    package init(source: String, digest: Digest) {
      self.source = source
      self.digest = digest
    }
  }

  /// Everything that entered the digest, so that a later run can name what changed.
  package let ingredients: Value
  package let digest: Digest

  /// The addresses of the instances that fill each role, which are no part of it.
  package let sources: [String: [String]]

  /// - Parameters:
  ///   - inputs: the artifacts that fill each role, in their order.
  ///   - files: the digest of each file that the stage reads, by its path relative to the pipeline.
  package init(
    of instance: StageInstance, numerics: NumericsMode, inputs: [String: [Input]],
    files: [String: Digest]
  ) {
    ingredients = Self.ingredients(
      of: instance, numerics: numerics, inputs: Self.value(of: inputs, for: instance),
      files: .object(files.mapValues { .string($0.hex) }))
    sources = inputs.mapValues { $0.map(\.source) }
    digest = Self.digest(of: ingredients)
  }

  /// The digest that stands for ingredients.
  package static func digest(of ingredients: Value) -> Digest {
    var fingerprint = Fingerprint("stage")
    fingerprint.add("ingredients", ingredients)
    return fingerprint.digest
  }

  /// - Parameters:
  ///   - inputs: for each role its digests, by variable where the role is named.
  ///   - files: the digest of each file by its path.
  static func ingredients(
    of instance: StageInstance, numerics: NumericsMode, inputs: Value, files: Value
  ) -> Value {
    var ingredients: Value = [
      "kind": .string(instance.kind), "revision": .int(instance.revision),
      "settings": instance.settings.decisive, "seed": .int(Int(clamping: instance.seed)),
      "inputs": inputs, "files": files,
    ]
    if let precision = instance.requests.precision {
      ingredients["precision"] = .string(precision.value.rawValue)
    }
    if numerics != .native {
      ingredients["numerics"] = .string(numerics.rawValue)
    }
    return ingredients
  }

  private static func value(of inputs: [String: [Input]], for instance: StageInstance) -> Value {
    var roles: [String: Value] = [:]
    for (role, inputs) in inputs {
      roles[role] =
        instance.settings.names(role)
        ? .object(
          Dictionary(
            inputs.map { (InputVariable.name(for: $0.source), .string($0.digest.hex)) }
          ) { first, _ in first })
        : .array(inputs.map { .string($0.digest.hex) })
    }
    return .object(roles)
  }
}

extension StageSettings {
  /// Whether what fills a role is found by its name.
  func names(_ role: String) -> Bool { inputs.contains { $0.name == role && $0.isNamed } }
}
