internal import Diagnostics

/// The environment variable in which a command finds the artifact of an upstream stage.
///
/// It is named after the stage and not after one of its instances, so that a line can be written that
/// serves every instance, and whichever is picked.
package enum InputVariable {
  /// - Parameter address: that of the upstream instance.
  package static func name(for address: String) -> String {
    let stage = address.prefix { $0 != "@" }
    return "ANNEAL_INPUT_" + stage.uppercased().replacing("-", with: "_")
  }

  /// What is wrong where another input of a stage would have the same variable.
  static func clash(
    of input: StageInput, with others: [StageInput], at range: SourceRange
  ) -> Diagnostic? {
    let variable = name(for: input.stage)
    guard let other = others.first(where: { $0 != input && name(for: $0.stage) == variable })
    else { return nil }
    return input.stage == other.stage
      ? Diagnostic(
        "two inputs from '\(input.stage)' would both be '$\(variable)'", at: range,
        remedy: "read one of them through a stage of its own")
      : Diagnostic(
        "'\(other.stage)' and '\(input.stage)' would both be '$\(variable)'", at: range,
        remedy: "rename one of them; capitals, '-' and '_' do not tell variables apart")
  }
}

extension StageInput {
  /// The name of the stage whose instances may fill the role.
  fileprivate var stage: String { String(candidates.first?.prefix { $0 != "@" } ?? "") }
}
