internal import Dataset
internal import Diagnostics
internal import Options
package import YAML

extension Load {
  /// The names of the columns of the tables that settings name, which may be incomplete; none where they
  /// name no table.
  ///
  /// - Throws: a `Diagnostic` where the files cannot be read. Opens the data engine.
  package static func columns(of settings: Value, in directory: String) throws -> [String] {
    let known = (settings.object ?? [:]).filter { SourceSettings.names.contains($0.key) }
    let sources = try SourceSettings.decode(.object(known), from: "settings")
    let patterns = sources.patterns(of: CSVFiles.self)
    guard !patterns.isEmpty else { return [] }
    var request = RowRequest()
    request.patterns = patterns
    request.task = RowRequest.Task.none
    let source = try CSVFiles.open(sources, request, FileSearch(directory))
    return (source as? TableSource)?.columns ?? []
  }
}
