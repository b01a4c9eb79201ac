internal import YAML

/// One thing that `anneal doctor` looked at.
struct Finding: Equatable {
  /// What was looked at, such as `libtorch`.
  let subject: String
  let isOK: Bool

  /// What was found, in words.
  let detail: String

  /// What to do about it, where it is not as it should be.
  let remedies: [String]

  init(_ subject: String, _ detail: String) {
    self.subject = subject
    self.detail = detail
    isOK = true
    remedies = []
  }

  init(_ subject: String, problem: String, remedies: [String]) {
    self.subject = subject
    detail = problem
    isOK = false
    self.remedies = remedies
  }

  var value: Value {
    [
      "subject": .string(subject), "ok": .bool(isOK), "detail": .string(detail),
      "remedies": .array(remedies.map { .string($0) }),
    ]
  }
}
