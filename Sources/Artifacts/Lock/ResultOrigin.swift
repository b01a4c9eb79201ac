package import YAML

/// How a result came about, where that is not by running its stage from nothing.
package struct ResultOrigin: Hashable, Sendable {
  /// That somebody took what stood in the folder for the result.
  package struct Acceptance: Hashable, Sendable {
    /// The account's name.
    package var person: String

    /// When, as ISO 8601 has it.
    package var time: String
    package var reason: String

    package init(by person: String, at time: String, because reason: String) {
      self.person = person
      self.time = time
      self.reason = reason
    }

    /// Such as `accepted, not run, by ada on 2026-03-14T15:09:26Z: made on the cluster`.
    package var sentence: String {
      let by = person.isEmpty ? "" : ", by \(person)"
      return "accepted, not run\(by) on \(time)" + (reason.isEmpty ? "" : ": \(reason)")
    }
  }

  package var acceptance: Acceptance?

  /// The outputs at which something stood when the stage began, and that it went on from.
  package var continued: [String] = []

  package init() {}

  package var isUsual: Bool { self == ResultOrigin() }

  package var value: Value {
    var value: Value = [:]
    if let acceptance {
      value["accepted"] = [
        "by": .string(acceptance.person), "at": .string(acceptance.time),
        "because": .string(acceptance.reason),
      ]
    }
    if !continued.isEmpty { value["continued"] = .array(continued.map { .string($0) }) }
    return value
  }

  /// Reads what `value` wrote; what is not there stays as usual.
  package init(_ value: Value) {
    if let accepted = value["accepted"] {
      acceptance = Acceptance(
        by: accepted["by"]?.string ?? "", at: accepted["at"]?.string ?? "",
        because: accepted["because"]?.string ?? "")
    }
    continued = (value["continued"]?.array ?? []).compactMap(\.string)
  }

  /// A clause for people, such as `it went on from what stood at 'ckpt'`; `nil` for what is as usual.
  package var clause: String? {
    if let acceptance { return acceptance.sentence }
    guard let first = continued.first else { return nil }
    let others = continued.count > 1 ? " and \(continued.count - 1) more" : ""
    return "it went on from what stood at '\(first)'\(others)"
  }
}
