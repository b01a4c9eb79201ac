internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import YAML

/// The files of the repository that are made from the code: the schemas and the reference.
struct GeneratedFiles {
  /// Their content by path, relative to the top of the repository.
  let contents: [String: String]

  init(_ catalog: Catalog) {
    var contents = [
      "schemas/\(PipelineSchema.fileName)": PipelineSchema.document(for: catalog).prettyJSON + "\n",
      "schemas/\(IncludedSchema.fileName)": IncludedSchema.document.prettyJSON + "\n",
    ]
    for (name, text) in ReferencePages(catalog).pages {
      contents["docs/reference/" + name] = text
    }
    self.contents = contents
  }

  /// The files below a folder that are not as the code has them, sorted.
  func outdated(below folder: String) throws(Diagnostic) -> [String] {
    var outdated: [String] = []
    for (path, text) in contents.sorted(by: { $0.key < $1.key }) {
      let full = path.path(in: folder)
      guard try FileStatus(of: full) != nil,
        try Folder.contents(of: full) == Array(text.utf8)
      else {
        outdated.append(path)
        continue
      }
    }
    return outdated
  }

  /// Writes what is not as the code has it.
  ///
  /// - Returns: the paths that were written, sorted.
  func write(below folder: String) throws(Diagnostic) -> [String] {
    let outdated = try outdated(below: folder)
    for path in outdated {
      let full = path.path(in: folder)
      try Folder.create(full.parentPath)
      try Folder.replaceFile(full, with: Array((contents[path] ?? "").utf8))
    }
    return outdated
  }
}
