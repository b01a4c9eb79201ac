package import Options

/// How the learning rate runs over a training.
package struct LearningRateSchedule: OpenChoice, Hashable {
  package let rule: any LearningRateRule

  package init(_ rule: any LearningRateRule) {
    self.rule = rule
  }

  package static var cases: [Case<Self>] {
    Case(ConstantRate.name, Self(ConstantRate()), ConstantRate.purpose)
    Case(StepDecay.self, Self.init)
    Case(CosineDecay.self, Self.init)
    Case(OneCycle.self, Self.init)
    Case(WarmUp.self, Self.init)
    Case(Plateau.self, Self.init)
  }

  package var member: any ChoiceMember { rule }

  package func hash(into hasher: inout Hasher) {
    rule.hash(into: &hasher)
  }
}
