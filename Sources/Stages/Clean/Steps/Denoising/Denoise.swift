internal import Dataset
internal import Diagnostics
internal import Network
package import Options
internal import Tensor
internal import YAML

extension Clean {
  /// A filter for the images of all splits.
  package enum Denoise: Choice, CleaningStep {
    package static let name = "denoise"
    package static let purpose = "Take noise out of images."

    case median(WindowFilter)
    case mean(WindowFilter)
    case gaussian(GaussianFilter)
    case bilateral(BilateralFilter)
    case nonLocalMeans(NonLocalMeansFilter)

    var isForImages: Bool { true }

    package static let title = "Denoising"

    package static var cases: [Case<Self>] {
      Case(
        "median", WindowFilter.self, Self.median,
        "The median of a window; best against single wrong pixels.")
      Case(
        "mean", WindowFilter.self, Self.mean, "The mean of a window.")
      Case(
        "gaussian", GaussianFilter.self, Self.gaussian,
        "A mean that weighs near pixels more.")
      Case(
        "bilateral", BilateralFilter.self, Self.bilateral,
        "A mean that weighs near and like pixels more, which keeps edges.")
      Case(
        "non-local-means", NonLocalMeansFilter.self, Self.nonLocalMeans,
        "A mean of pixels whose surroundings are alike; best against Gaussian noise.")
    }

    package var payload: (any OptionValue)? {
      switch self {
      case .median(let filter), .mean(let filter): filter
      case .gaussian(let filter): filter
      case .bilateral(let filter): filter
      case .nonLocalMeans(let filter): filter
      }
    }

    private var filter: Denoising {
      switch self {
      case .median(let filter): .median(size: filter.size)
      case .mean(let filter): .mean(size: filter.size)
      case .gaussian(let filter): .gaussian(size: filter.size, sigma: filter.sigma)
      case .bilateral(let filter):
        .bilateral(size: filter.size, strength: filter.strength, spread: filter.spread)
      case .nonLocalMeans(let filter):
        .nonLocalMeans(size: filter.size, search: filter.search, strength: filter.strength)
      }
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      let images = data.features.filter { $0.kind == .image }
      guard !images.isEmpty else {
        throw Diagnostic("there is no image to denoise", remedy: "remove the step 'denoise'")
      }
      for image in images where image.type != .uint8 || ![1, 3].contains(image.shape[0]) {
        throw Diagnostic(
          "the image '\(image.name)' is \(image.type.rawValue) with \(image.shape[0]) channels",
          remedy: "bytes with 1 or 3 channels can be denoised; fill missing pixels when loading")
      }
      let step = DenoiseImages(features: images.map(\.name), filter: filter)
      let shapes = Dictionary(images.map { ($0.name, $0.shape) }) { first, _ in first }
      var counts: [SplitName: Int] = [:]
      for split in data.splits {
        counts[split] = 0
        try data.forEachBlock(in: split) { counts[split, default: 0] += $0.count }
      }
      var fitted = FittedStep(metrics: ["images": Value(perSplit: counts)])
      fitted.changed = Set(data.splits)
      fitted.apply = { try step.apply(to: $0, shapes: shapes) }
      fitted.applied = [step]
      return fitted
    }
  }
}
