/// What a stage leaves behind for the stages after it.
package enum ArtifactKind: String, Codable, Hashable, Sendable, CaseIterable {
  case dataset
  case model
  case deployment
  case files

  /// The kind with its article, as error messages say it.
  package var phrase: String {
    switch self {
    case .dataset: "a dataset"
    case .model: "a model"
    case .deployment: "a deployment"
    case .files: "files"
    }
  }
}
