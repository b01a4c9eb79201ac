package import Options

extension Clean {
  /// One step of cleaning; steps run in the order of their list.
  package enum Step: Choice {
    case missing(Missing)
    case duplicates(Duplicates)
    case outliers(Outliers)
    case denoise(Denoise)
    case invalid(Invalid)
    case balance(Balance)

    package static let title = "Cleaning step"
    package static let summary = "Steps run in the order of their list."

    package static var cases: [Case<Self>] {
      Case(
        "missing", Missing.self, { .missing($0) },
        { if case .missing(let step) = $0 { step } else { nil } },
        "Fill, interpolate or drop what is missing.")
      Case(
        "duplicates", Duplicates.self, { .duplicates($0) },
        { if case .duplicates(let step) = $0 { step } else { nil } },
        "Keep one of rows that are the same, in the first split that has it.")
      Case(
        "outliers", Outliers.self, { .outliers($0) },
        { if case .outliers(let step) = $0 { step } else { nil } },
        "Drop, clip or mark numbers far from the others.")
      Case(
        "denoise", Denoise.self, { .denoise($0) },
        { if case .denoise(let step) = $0 { step } else { nil } },
        "Take noise out of images.")
      Case(
        "invalid", Invalid.self, { .invalid($0) },
        { if case .invalid(let step) = $0 { step } else { nil } },
        "Drop or refuse rows with infinite numbers or numbers out of range.")
      Case(
        "balance", Balance.self, { .balance($0) },
        { if case .balance(let step) = $0 { step } else { nil } },
        "Make the classes of the training split weigh the same.")
    }

    /// The step's settings, which know how to fit it.
    var step: any CleaningStep {
      switch self {
      case .missing(let step): step
      case .duplicates(let step): step
      case .outliers(let step): step
      case .denoise(let step): step
      case .invalid(let step): step
      case .balance(let step): step
      }
    }
  }
}
