package import Diagnostics
package import Options
internal import Pipeline
package import YAML

/// The environment variables that a command sees beside the usual ones: names to be passed on, or names
/// with values.
package struct CommandVariables: OptionValue, Hashable {
  /// The values by name; `nil` for what is passed on as it is.
  package var members: [String: String?] = [:]

  /// Values that refer to secrets, as `TemplatePart` takes them apart; they are filled in for the command.
  package var templates: [String: String] = [:]

  package init() {}

  package static var schema: Schema {
    .either([
      .list(
        .text(Schema.TextForm(name: "name", pattern: "^\(ReferencePattern.environmentName)$")),
        count: .unlimited),
      .map(.optional(.either([.text(.any), .number(.unlimited), .boolean]))),
    ])
  }

  /// An ECMAScript regular expression for names that are free, which lets references pass.
  static let namePattern = "^(?!ANNEAL_)(?:\(ReferencePattern.environmentName)$|[\\s\\S]*\\$\\{)"

  package var value: Value {
    .object(
      members.mapValues { text in text.map { .string($0) } ?? .null }
        .merging(templates.mapValues { ["secret": .string($0)] }) { first, _ in first })
  }

  /// What is wrong with variables as a pipeline has them, where a value of the canonical form of secrets
  /// is none.
  static func problems(with node: Node?) -> [Diagnostic] {
    (node?.mapping ?? []).filter { $0.value.mapping != nil }
      .map { mismatch(at: $0.value.range) }
  }

  package static func decode(
    _ node: Node, into problems: inout Diagnostics
  ) -> CommandVariables? {
    var variables = CommandVariables()
    let before = problems.count
    if let entries = node.mapping {
      for entry in entries {
        check(entry.key, at: entry.keyRange, &problems)
        let template =
          entry.value.holdsSecrets
          ? entry.value.scalar?.text : entry.value["secret"]?.scalar?.text
        if let template {
          variables.templates[entry.key] = template
          continue
        }
        let scalar = entry.value.scalar
        if scalar == nil { problems.add(mismatch(at: entry.value.range)) }
        variables.members[entry.key] = .some(entry.value.isNull ? nil : scalar?.text)
      }
    } else if let elements = node.sequence {
      for element in elements {
        guard let name = element.scalar?.text, !element.isNull else {
          problems.add(mismatch(at: element.range))
          continue
        }
        check(name, at: element.range, &problems)
        variables.members[name] = .some(nil)
      }
    } else {
      problems.add(mismatch(at: node.range))
    }
    return problems.count == before ? variables : nil
  }

  private static func mismatch(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "'environment' takes names, or names with texts", at: range,
      remedy: "write it as [HF_TOKEN] or {HF_TOKEN: , MODE: fast}")
  }

  private static func check(
    _ name: String, at range: SourceRange, _ problems: inout Diagnostics
  ) {
    let isName =
      !name.isEmpty && !(name.first?.isNumber ?? true)
      && name.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte < 0x80 && Character(Unicode.Scalar(byte)).isLetter
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
    if !isName {
      problems.add(
        Diagnostic(
          "'\(name)' is no name of an environment variable", at: range,
          remedy: "a name has letters, digits and '_', such as DATA_DIR"))
    } else if name.hasPrefix("ANNEAL_") {
      problems.add(
        Diagnostic(
          "'\(name)' is set by the runner", at: range, remedy: "take another name"))
    }
  }

  /// What a command sees.
  ///
  /// - Parameter inherited: the environment of this process.
  /// - Returns: the variables, and the names that were to be passed on and are not there.
  func environment(
    from inherited: [String: String]
  ) -> (variables: [String: String], missing: [String]) {
    var variables = inherited.filter { Self.usual.contains($0.key) || $0.key.hasPrefix("LC_") }
    var missing: [String] = []
    for (name, text) in members.sorted(by: { $0.key < $1.key }) {
      if let value = text ?? inherited[name] {
        variables[name] = value
      } else {
        missing.append(name)
      }
    }
    for (name, template) in templates.sorted(by: { $0.key < $1.key }) {
      variables[name] = TemplatePart.parts(of: template).reduce(into: "") { text, part in
        switch part {
        case .text(let plain): text += plain
        case .reference(let reference):
          let secret = reference.path.dropFirst().joined(separator: ".")
          if let value = inherited[secret] { text += value } else { missing.append(secret) }
        case .unclosed: break
        }
      }
    }
    return (variables, missing)
  }

  /// What programs need to find their way, and what the planner decided.
  private static let usual: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TERM",
    "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "CUDA_VISIBLE_DEVICES",
    "CUDA_DEVICE_ORDER",
  ]
}
