extension ImageFolders.Settings {
  /// The pictures that files become which a column names; nil where no size is given.
  package var picture: Picture? {
    size.map {
      Picture(channels: color == .grey ? 1 : 3, height: $0.height, width: $0.width)
    }
  }

  /// How they come to that size.
  package var fileFit: ImageFit { fit }
}
