internal import Hardware
internal import Options
package import YAML

extension Plan {
  /// The plan for programs to read, with the reason for each choice.
  package var value: Value {
    ["stages": .array(stages.map(\.value)), "capacity": .object(capacity.mapValues { .int($0) })]
  }
}

extension PlannedStage {
  package var value: Value {
    [
      "stage": .string(address),
      "mutex": .array(exclusions.map { $0.value { .string($0) } }),
      "device": device.value { .string($0.description) },
      "precision": precision.value { .string($0.rawValue) },
      "threads": threads.value { .int($0) },
      "channels-last": channelsLast.value { .bool($0) },
      "parallelism": parallelism.value { $0.value },
      "memory": memory.value { .int($0) },
      "expected-seconds": expected.value { $0.map { .double($0.seconds) } ?? .null },
    ]
  }
}

extension Decision {
  fileprivate func value(_ encode: (Chosen) -> Value) -> Value {
    ["value": encode(value), "reason": .string(reason)]
  }
}
