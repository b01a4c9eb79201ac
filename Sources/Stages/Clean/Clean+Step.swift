package import Options

extension Clean {
  /// One step of cleaning; steps run in the order of their list.
  package struct Step: OpenChoice {
    /// The step's settings, which know how to fit it.
    let step: any CleaningStep

    init(_ step: any CleaningStep) {
      self.step = step
    }

    package static let title = "Cleaning step"
    package static let summary = "Steps run in the order of their list."

    package static var cases: [Case<Self>] {
      Case(Missing.self, Self.init)
      Case(Duplicates.self, Self.init)
      Case(Outliers.self, Self.init)
      Case(Denoise.self, Self.init)
      Case(Invalid.self, Self.init)
      Case(Standardize.self, Self.init)
      Case(Balance.self, Self.init)
    }

    package var member: any ChoiceMember { step }
  }
}
