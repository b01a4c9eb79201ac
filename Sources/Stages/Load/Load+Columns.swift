internal import Dataset
internal import Diagnostics
internal import Options
package import YAML

extension Load {
  /// The names of the columns of the tables that settings name, which may be incomplete; none where they
  /// name no table.
  ///
  /// - Throws: a `Diagnostic` where the files cannot be read. Opens the data engine for those that are
  ///   compressed.
  package static func columns(of settings: Value, in directory: String) throws -> [String] {
    let known = (settings.object ?? [:]).filter { SourceSettings.names.contains($0.key) }
    let written = Value.object(known)
    let sources = try SourceSettings.decode(written, from: "settings")
    var request = RowRequest()
    request.patterns = sources.patterns(of: CSVFiles.self)
    request.task = RowRequest.Task.none
    let node = try Node(parsing: written.canonicalJSON, file: "settings")
    let look = CSVFiles.look(sources, request, FileSearch(directory), node)
    if look.columns == nil, let problem = look.problems.first { throw problem }
    return look.columns ?? []
  }
}
