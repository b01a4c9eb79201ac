internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Pipeline

/// The documents that are open, the files around them, and what was read of both so far.
final class Workspace {
  /// The folders that the client works in.
  var folders: [String] = []
  var encoding = PositionEncoding.utf16

  /// By URI, as the client writes it.
  private(set) var documents: [String: OpenDocument] = [:]
  private var outlines: [String: (stamp: Stamp, outline: FileOutline)] = [:]
  private var listing: (files: [String], made: DispatchTime)?

  /// What tells whether a file was read as it is now.
  private enum Stamp: Hashable {
    case open(version: Int)
    case saved(modified: Int, size: Int)
  }

  var snapshot: Snapshot { Snapshot(documents.values) }

  // MARK: Documents

  func open(_ uri: String, version: Int, text: String) -> OpenDocument {
    let path = DocumentURI.path(of: uri) ?? unsavedPath(uri)
    let document = OpenDocument(
      uri: uri, path: path, version: version, text: DocumentText(text, encoding: encoding))
    documents[uri] = document
    outlines[path] = nil
    return document
  }

  func change(_ uri: String, version: Int, text: DocumentText) -> OpenDocument? {
    guard var document = documents[uri] else { return nil }
    document.version = version
    document.text = text
    documents[uri] = document
    outlines[document.path] = nil
    return document
  }

  func close(_ uri: String) -> OpenDocument? {
    guard let document = documents.removeValue(forKey: uri) else { return nil }
    outlines[document.path] = nil
    return document
  }

  func document(at path: String) -> OpenDocument? { documents.values.first { $0.path == path } }

  /// What the client calls a file.
  func uri(of path: String) -> String { document(at: path)?.uri ?? DocumentURI.uri(of: path) }

  /// Where a text that was never saved would lie.
  private func unsavedPath(_ uri: String) -> String {
    let name = uri.split(separator: ":").last.map(String.init) ?? "untitled"
    return PipelineFile.absolute(name.replacing("/", with: "-").path(in: folders.first ?? "."))
  }

  // MARK: Files

  /// A file as it stands, open or on the disk; `nil` where it cannot be read.
  func outline(of path: String) -> FileOutline? {
    let document = document(at: path)
    guard let stamp = document.map({ .open(version: $0.version) }) ?? Self.stamp(of: path) else {
      return nil
    }
    if let known = outlines[path], known.stamp == stamp { return known.outline }
    guard let text = document?.text ?? savedText(of: path) else { return nil }
    let outline = FileOutline(text, path: path)
    outlines[path] = (stamp, outline)
    return outline
  }

  private static func stamp(of path: String) -> Stamp? {
    guard let status = try? FileStatus(of: path, following: true), status.kind == .file else {
      return nil
    }
    return .saved(modified: status.modified, size: status.size)
  }

  private func savedText(of path: String) -> DocumentText? {
    (try? PipelineFile.contents(of: path)).map { DocumentText($0, encoding: encoding) }
  }

  /// A file and those that it includes, itself or further on; itself first.
  func files(from root: String) -> [String] {
    var found = [root]
    var next = 0
    while next < found.count, found.count <= 64 {
      for path in outline(of: found[next])?.includes ?? [] where !found.contains(path) {
        found.append(path)
      }
      next += 1
    }
    return found
  }

  /// The pipelines that a file is a part of: itself, or those that include it where it is none itself.
  func pipelines(with path: String) -> [String] {
    if outline(of: path)?.isPipeline ?? true { return [path] }
    let including = pipelines(including: [path])
    return including.isEmpty ? [path] : including
  }

  /// The pipelines that include one of the files, and these themselves where they are pipelines.
  func pipelines(including paths: Set<String>) -> [String] {
    (surroundingFiles + documents.values.map(\.path)).reduce(into: []) { found, candidate in
      guard !found.contains(candidate), outline(of: candidate)?.isPipeline ?? false,
        files(from: candidate).contains(where: paths.contains)
      else { return }
      found.append(candidate)
    }
  }

  /// The YAML files of the folders that the client works in, and of those that open documents are in.
  private var surroundingFiles: [String] {
    let now = DispatchTime.now()
    if let listing, now < listing.made + .seconds(2) { return listing.files }
    var search = FileSurvey()
    for document in documents.values { search.look(in: document.path.parentPath, depth: 1) }
    for folder in folders { search.look(in: folder, depth: 6) }
    listing = (search.files, now)
    return search.files
  }
}
