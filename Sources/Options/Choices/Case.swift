import Diagnostics
import YAML

/// One case of a choice: its name in the file, how it is read and written, and a sentence about it.
///
/// `Root` is some `Choice`, for whose sake see `Field`.
package struct Case<Root>: Sendable {
  let name: String
  let summary: String

  /// What may be written under the name; nil for a case without settings.
  let payload: Schema?

  /// Makes the case that the bare name stands for, if that is enough.
  ///
  /// A function, so that describing a choice does not describe all its payloads.
  private let makeBare: @Sendable () -> Root?

  /// The case as the bare name stands for it, if that is enough.
  var bare: Root? { makeBare() }

  /// Reads what stands under the name.
  let decode: @Sendable (Node, inout Diagnostics) -> Root?

  /// The canonical form; nil for another case.
  let encode: @Sendable (Root) -> Value?

  var description: Schema.Case {
    Schema.Case(name: name, summary: summary, payload: payload, allowsBareName: bare != nil)
  }
}

extension Case where Root: Choice {
  /// A case without settings, written as its bare name.
  package init(_ name: String, _ choice: Root, _ summary: String) {
    self.init(
      name: name, summary: summary, payload: nil, makeBare: { choice },
      decode: { node, problems in
        if node.isNull { return choice }
        problems.add(
          Diagnostic("'\(name)' takes no settings", at: node.range, remedy: "write '\(name)' alone")
        )
        return nil
      },
      encode: { $0 == choice ? .string(name) : nil })
  }

  /// A case with settings, written as a mapping from its name to them. If the payload can be empty,
  /// the bare name stands for that.
  /// - Parameter wrap: Makes the case of its payload.
  package init<Payload: OptionValue>(
    _ name: String, _ payload: Payload.Type, _ wrap: @escaping @Sendable (Payload) -> Root,
    _ summary: String
  ) {
    self.init(name, schema: Payload.schema, wrap, summary) { _, _ in [] }
  }

  /// The case that stands for a type of an open choice.
  package init<Member: ChoiceMember>(
    _ member: Member.Type, _ wrap: @escaping @Sendable (Member) -> Root
  ) {
    self.init(member.name, member, wrap, member.purpose)
  }

  /// A case whose payload is a number, or has numbers, within bounds.
  package init<Payload: BoundedOption, Allowed: BoundsExpression>(
    _ name: String, _ payload: Payload.Type, in allowed: Allowed,
    _ wrap: @escaping @Sendable (Payload) -> Root, _ summary: String
  ) where Allowed.Number == Payload.Bounded {
    let bounds = allowed.bounds
    let schema = Payload.schema.limited(to: bounds.interval)
    self.init(name, schema: schema, wrap, summary) { payload, node in
      bounds.problems(with: payload, named: name, at: node)
    }
  }

  /// - Parameter check: What is wrong with a payload that decoded.
  private init<Payload: OptionValue>(
    _ name: String, schema: Schema, _ wrap: @escaping @Sendable (Payload) -> Root,
    _ summary: String,
    check: @escaping @Sendable (Payload, Node) -> [Diagnostic]
  ) {
    self.init(
      name: name, summary: summary, payload: schema,
      makeBare: { Payload.whenEmpty.map(wrap) },
      decode: { node, problems in
        if node.isNull, Payload.whenEmpty == nil {
          problems.add(Diagnostic("'\(name)' has no value", at: node.range))
          return nil
        }
        guard let payload = Payload.decode(node, into: &problems) else { return nil }
        problems.add(contentsOf: check(payload, node))
        return wrap(payload)
      },
      encode: { choice in
        // Cases may have payloads of one type, so that the type alone does not tell them apart.
        guard let payload = choice.payload as? Payload, wrap(payload) == choice else { return nil }
        return [name: payload.value]
      })
  }
}
