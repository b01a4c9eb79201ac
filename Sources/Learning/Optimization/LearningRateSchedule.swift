package import Options
import Glibc

/// How the learning rate runs over a training.
///
/// Every schedule is a function of the step alone, but for `plateau`, which watches the validation
/// loss at each epoch's end.
package enum LearningRateSchedule: Choice, Hashable {
  case constant
  case step(StepDecay)
  case cosine(CosineDecay)
  case oneCycle(OneCycle)
  case warmUp(WarmUp)
  case plateau(Plateau)

  package static var cases: [Case<Self>] {
    Case("constant", .constant, "The same rate throughout.")
    Case(
      "step", StepDecay.self, Self.step, { if case .step(let decay) = $0 { decay } else { nil } },
      "Falls by a factor every few epochs.")
    Case(
      "cosine", CosineDecay.self, Self.cosine,
      { if case .cosine(let decay) = $0 { decay } else { nil } },
      "Falls along half a cosine, after an optional warm-up.")
    Case(
      "one-cycle", OneCycle.self, Self.oneCycle,
      { if case .oneCycle(let cycle) = $0 { cycle } else { nil } },
      "Rises to a peak and falls to almost nothing, each along half a cosine.")
    Case(
      "warm-up", WarmUp.self, Self.warmUp,
      { if case .warmUp(let rise) = $0 { rise } else { nil } },
      "Rises in a line, then stays.")
    Case(
      "plateau", Plateau.self, Self.plateau,
      { if case .plateau(let decay) = $0 { decay } else { nil } },
      "Falls by a factor whenever the validation loss stops falling.")
  }

  /// The rate of a step.
  ///
  /// - Parameters:
  ///   - step: The optimizer step, from 0.
  ///   - run: How many steps there are, in all and in an epoch.
  ///   - base: The optimizer's own rate.
  package func rate(at step: Int, of run: RunLength, base: Double) -> Double {
    switch self {
    case .constant, .plateau: base
    case .step(let decay): decay.rate(at: step, of: run, base: base)
    case .cosine(let decay): decay.rate(at: step, of: run, base: base)
    case .oneCycle(let cycle): cycle.rate(at: step, of: run, base: base)
    case .warmUp(let rise): rise.rate(at: step, of: run, base: base)
    }
  }
}

/// How long a training is, in optimizer steps.
package struct RunLength: Hashable, Sendable {
  package var steps: Int
  package var stepsPerEpoch: Int

  package init(steps: Int, stepsPerEpoch: Int) {
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
  }
}

/// Half a cosine from one value at 0 to another at 1 (Loshchilov and Hutter 2017, eq. 5).
func cosine(from start: Double, to end: Double, at fraction: Double) -> Double {
  end + (start - end) * (1 + cos(.pi * min(max(fraction, 0), 1))) / 2
}
