package import Options

/// The rule that turns gradients into steps, with its settings.
package struct OptimizerChoice: OpenChoice, Hashable {
  package let rule: any OptimizerRule

  package init(_ rule: any OptimizerRule) {
    self.rule = rule
  }

  package static var cases: [Case<Self>] {
    Case(AdamW.self, Self.init)
    Case(Adam.self, Self.init)
    Case(SGD.self, Self.init)
    Case(Lion.self, Self.init)
    Case(RMSProp.self, Self.init)
    Case(Adagrad.self, Self.init)
  }

  package var member: any ChoiceMember { rule }

  package func hash(into hasher: inout Hasher) {
    rule.hash(into: &hasher)
  }
}
