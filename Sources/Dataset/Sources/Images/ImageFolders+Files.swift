extension ImageFolders.Settings {
  /// How the files are read which a column names; nil where no size is given.
  package var fileReader: PictureReader? { size.map(reader) }
}
