package import YAML

extension PipelineGraph {
  /// The pipeline for programs to read: every instance with its settings and what it reads from.
  package var value: Value {
    [
      "pipeline": .string(name), "file": .string(file), "seed": .int(seed),
      "numerics": .string(numerics.rawValue), "stages": .array(instances.map(\.graphValue)),
      "results": .array(results.map { .string($0) }),
    ]
  }
}

extension StageInstance {
  fileprivate var graphValue: Value {
    var value: Value = [
      "address": .string(address), "stage": .string(stage), "kind": .string(kind),
      "describe": .string(describe), "settings": settings.value,
      "output": .string(settings.output.rawValue), "matrix": .object(coordinates.values),
      "inputs": .object(inputs.mapValues { .array($0.map(\.graphValue)) }),
    ]
    if !fileDependencies.isEmpty {
      value["files"] = .array(
        fileDependencies.map { ["writer": .string($0.writer), "pattern": .string($0.pattern)] })
    }
    return value
  }
}

extension StageInput {
  fileprivate var graphValue: Value {
    var value: Value = [
      "candidates": .array(candidates.map { .string($0) }), "kind": .string(kind.rawValue),
      "lineage": .bool(isLineage),
    ]
    switch choice {
    case .only: break
    case .best(let pick), .dataset(let pick, _):
      value["pick"] = [pick.direction.rawValue: .string(pick.metric)]
    }
    return value
  }
}
