package import Options

/// The rule that turns gradients into steps, with its settings.
package enum OptimizerChoice: Choice, Hashable {
  case sgd(SGD)
  case adam(Adam)
  case adamW(AdamW)
  case lion(Lion)
  case rmsprop(RMSProp)
  case adagrad(Adagrad)

  package static var cases: [Case<Self>] {
    Case(
      "sgd", SGD.self, Self.sgd, { if case .sgd(let rule) = $0 { rule } else { nil } },
      SGD.summary)
    Case(
      "adam", Adam.self, Self.adam, { if case .adam(let rule) = $0 { rule } else { nil } },
      Adam.summary)
    Case(
      "adamw", AdamW.self, Self.adamW, { if case .adamW(let rule) = $0 { rule } else { nil } },
      AdamW.summary)
    Case(
      "lion", Lion.self, Self.lion, { if case .lion(let rule) = $0 { rule } else { nil } },
      Lion.summary)
    Case(
      "rmsprop", RMSProp.self, Self.rmsprop,
      { if case .rmsprop(let rule) = $0 { rule } else { nil } }, RMSProp.summary)
    Case(
      "adagrad", Adagrad.self, Self.adagrad,
      { if case .adagrad(let rule) = $0 { rule } else { nil } }, Adagrad.summary)
  }

  package var rule: any OptimizerRule {
    switch self {
    case .sgd(let rule): rule
    case .adam(let rule): rule
    case .adamW(let rule): rule
    case .lion(let rule): rule
    case .rmsprop(let rule): rule
    case .adagrad(let rule): rule
    }
  }
}
