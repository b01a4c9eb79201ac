package import Options

/// A learning rate that rises to a peak and falls to almost nothing (Smith and Topin 2018).
package struct OneCycle: LearningRateRule {
  package static let title = "one-cycle"
  package static let summary = "A rate that rises to a peak and falls to almost nothing."
  package static let purpose =
    "Rises to a peak and falls to almost nothing, each along half a cosine."

  package var peak: Double?
  package var rise = 0.3
  package var start = 25.0
  package var end = 1e4

  package init() {}

  package static var fields: [Field<Self>] {
    option("peak", \.peak, in: 0...1000, "The highest rate; the optimizer's own by default.")
    option("rise", \.rise, in: 0...1, "The share of the steps before the peak.")
    option("start", \.start, in: 1..., "The peak over the first rate.")
    option("end", \.end, in: 1..., "The first rate over the last.")
  }

  package func rate(at step: Int, of run: RunLength, base: Double) -> Double {
    let peak = peak ?? base
    let first = peak / start
    let top = max(rise * Double(run.steps) - 1, 0)
    let last = Double(run.steps - 1)
    let step = Double(step)
    if step < top { return cosine(from: first, to: peak, at: step / top) }
    return cosine(from: peak, to: first / end, at: last > top ? (step - top) / (last - top) : 1)
  }
}
