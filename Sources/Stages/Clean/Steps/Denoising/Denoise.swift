internal import Dataset
internal import Diagnostics
internal import Network
package import Options
internal import Tensor
internal import YAML

extension Clean {
  /// A filter for the images of all splits, or for number columns along their rows.
  package enum Denoise: Choice, CleaningStep {
    package static let name = "denoise"
    package static let purpose = "Take noise out of images, or out of numbers along the rows."

    case median(WindowFilter)
    case mean(WindowFilter)
    case gaussian(GaussianFilter)
    case bilateral(BilateralFilter)
    case nonLocalMeans(NonLocalMeansFilter)
    case movingMean(MovingWindow)
    case movingMedian(MovingWindow)
    case savitzkyGolay(MovingPolynomial)

    var isForImages: Bool { series == nil }

    var namedColumns: [Pattern] { (series?.columns ?? []) + (series?.group.map { [$0] } ?? []) }

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
      Case(
        "moving-mean", MovingWindow.self, Self.movingMean,
        "The mean of a window of rows, for rows whose order means something.")
      Case(
        "moving-median", MovingWindow.self, Self.movingMedian,
        "The median of a window of rows, for rows whose order means something.")
      Case(
        "savitzky-golay", MovingPolynomial.self, Self.savitzkyGolay,
        "A polynomial fitted to a window of rows (SciPy's savgol_filter), for rows whose order means "
          + "something.")
    }

    package var payload: (any OptionValue)? {
      switch self {
      case .median(let filter), .mean(let filter): filter
      case .gaussian(let filter): filter
      case .bilateral(let filter): filter
      case .nonLocalMeans(let filter): filter
      case .movingMean(let filter), .movingMedian(let filter): filter
      case .savitzkyGolay(let filter): filter
      }
    }

    /// The filter along rows, the columns that it goes along and the one that groups them; nil for one of
    /// images.
    private var series: (filter: SeriesFilter, columns: [Pattern], group: Pattern?)? {
      switch self {
      case .movingMean(let settings):
        (
          .mean(size: settings.size, window: settings.place), settings.columns.elements,
          settings.group
        )
      case .movingMedian(let settings):
        (
          .median(size: settings.size, window: settings.place), settings.columns.elements,
          settings.group
        )
      case .savitzkyGolay(let settings):
        (
          .savitzkyGolay(
            size: settings.size, degree: settings.degree, edges: settings.edges.edges),
          settings.columns.elements, settings.group
        )
      default: nil
      }
    }

    /// The filter of images; nil for one along rows.
    private var filter: Denoising? {
      switch self {
      case .median(let filter): .median(size: filter.size)
      case .mean(let filter): .mean(size: filter.size)
      case .gaussian(let filter): .gaussian(size: filter.size, sigma: filter.sigma)
      case .bilateral(let filter):
        .bilateral(size: filter.size, strength: filter.strength, spread: filter.spread)
      case .nonLocalMeans(let filter):
        .nonLocalMeans(size: filter.size, search: filter.search, strength: filter.strength)
      case .movingMean, .movingMedian, .savitzkyGolay: nil
      }
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      if let series {
        return try SmoothedRows(series.filter, series.columns, series.group, value).fit(data)
      }
      guard let filter else { return FittedStep(metrics: [:]) }
      let images = data.features.filter { $0.kind == .image }
      guard !images.isEmpty else {
        throw Diagnostic(
          "there is no image to denoise",
          remedy:
            "remove the step 'denoise', or choose a filter for numbers along the rows, such as "
            + "'moving-median'")
      }
      for image in images where image.type != .uint8 || ![1, 3].contains(image.shape[0]) {
        throw Diagnostic(
          "the image '\(image.name)' is \(image.type.rawValue) with \(image.shape[0]) channels",
          remedy: "bytes with 1 or 3 channels can be denoised; images with missing pixels are "
            + "floating-point numbers, also once these are filled")
      }
      let step = DenoiseImages(features: images.map(\.name), filter: filter)
      let shapes = Dictionary(images.map { ($0.name, $0.shape) }) { first, _ in first }
      var fitted = FittedStep(
        metrics: ["images": Value(perSplit: data.rows)], changing: Set(data.splits)
      ) { try step.apply(to: $0, shapes: shapes) }
      fitted.applied = [step]
      fitted.isCostly = true
      return fitted
    }
  }
}

extension Clean.MovingWindow {
  fileprivate var place: SeriesFilter.Window { window == .past ? .past : .centered }
}
