internal import Pipeline
internal import Running
internal import Workers
internal import YAML

/// How stages stand, for people and for programs.
struct StatusTable {
  private let stages: [StageStatus]

  init(_ stages: [StageStatus]) {
    self.stages = stages
  }

  var table: TextTable {
    TextTable(
      headings: ["stage", "status", "why"],
      rows: stages.map { [$0.address, Self.word($0.state), $0.reason] })
  }

  var value: Value { .array(stages.map { Self.value($0) }) }

  static func word(_ state: StageStatus.State) -> String { state.word }

  static func value(_ stage: StageStatus) -> Value {
    [
      "address": .string(stage.address), "status": .string(word(stage.state)),
      "reason": .string(stage.reason), "difference": stage.difference?.value ?? .null,
      "putsBack": .array(stage.written.changing.map { .string($0) }),
      "foreign": .array(stage.written.foreign.map { .string($0) }),
    ]
  }
}
