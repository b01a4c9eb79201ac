import Artifacts

extension Model {
  /// The folder of a quantised model's artifact that holds the model it was made from.
  private static let originFolder = "trained"

  /// Writes the model into the artifact of one that was made from it by rounding, for those who compare
  /// the two. A store keeps equal files once, so that it costs no space there.
  package func writeAsOrigin(in directory: String) throws {
    let folder = directory + "/" + Self.originFolder
    try Folder.create(folder)
    try write(to: folder)
  }

  /// The model that the one in an artifact was made from by rounding; nil where it holds none.
  package static func origin(in directory: String) throws -> Model? {
    let folder = directory + "/" + originFolder
    return try FileStatus(of: folder) == nil ? nil : Model(opening: folder)
  }
}
