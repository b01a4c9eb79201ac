/// Every source that rows can be loaded from.
package enum SourceCatalog {
  package static let all: [any Source.Type] = [
    CSVFiles.self,
    ImageFolders.self,
    AudioFolders.self,
    TextFolders.self,
  ]
}
