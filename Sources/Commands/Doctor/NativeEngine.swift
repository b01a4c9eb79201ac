internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Tensor

/// The native libraries that stages open, each of which may be missing or broken on its own.
enum NativeEngine: String, CaseIterable {
  case tensor, data, media, deployment

  /// What the library is for.
  var purpose: String {
    switch self {
    case .tensor: "tensors and training"
    case .data: "tables"
    case .media: "images and sounds"
    case .deployment: "deployment"
    }
  }

  /// Opens the library in this process, which should be a child: a broken one may end it.
  ///
  /// - Returns: its version, in words.
  func open() throws(Diagnostic) -> String {
    switch self {
    case .tensor:
      try Engine.open()
      return "libtorch \(try Engine.version()), kernels for \(try Engine.cpuCapability())"
    case .data:
      try DataEngine.open()
      return "Arrow and Parquet"
    case .media:
      try MediaEngine.open()
      return "libjpeg-turbo, libpng, libwebp, libtiff, OpenCV, libsndfile and libsoxr"
    case .deployment:
      return "OpenVINO \(try OpenVINO.version())"
    }
  }
}
