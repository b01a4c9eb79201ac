internal import Artifacts
internal import Diagnostics
internal import YAML

/// Profiles in files of their own beside a pipeline, as searches leave them: `digits@smallest.yaml` beside
/// `digits.yaml`.
package enum ProfileFiles {
  /// The file that a profile stands in by itself.
  package static func path(for pipeline: String, profile: String) -> String {
    "\(stem(of: pipeline))@\(profile).yaml"
  }

  /// The profile of a name in any of the files beside a pipeline, and the file that has it.
  static func entry(
    named name: String, beside pipeline: String, from source: PipelineSource,
    problems: inout Diagnostics
  ) -> (file: String, entry: Node.Entry)? {
    let start = stem(of: pipeline).lastName + "@"
    let folder = pipeline.parentPath
    let files = source.names(in: folder).filter { $0.hasPrefix(start) }.sorted()
    // The one that is called like the profile comes first.
    let own = "\(start)\(name).yaml"
    for file in files.filter({ $0 == own }) + files.filter({ $0 != own }) {
      let path = file.path(in: folder)
      guard let text = try? source.contents(of: path) else { continue }
      do throws(Diagnostics) {
        let root = try Node(parsing: text, file: path)
        if let entry = root["profiles"]?.entry(name) { return (path, entry) }
      } catch {
        // Another file than the one that is asked for may be as it likes.
        if file == own { problems.add(contentsOf: error.all) }
      }
    }
    return nil
  }

  private static func stem(of pipeline: String) -> String {
    for ending in [".yaml", ".yml"] where pipeline.hasSuffix(ending) {
      return String(pipeline.dropLast(ending.count))
    }
    return pipeline
  }
}
