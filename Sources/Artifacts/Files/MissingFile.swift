package import Diagnostics

extension Diagnostic {
  /// That a path or pattern names no file, with the nearest name that is there.
  ///
  /// - Parameter directory: the folder to which it is relative.
  package static func missing(
    _ pattern: String, isLiteral: Bool, in directory: String
  ) -> Diagnostic {
    let what = isLiteral ? "there is no file" : "no file matches"
    var problem = Diagnostic(PathSlip.refusal(of: pattern) ?? "\(what) '\(pattern)'")
    if let remedy = PathSlip.remedy(for: pattern) { return problem.adding(remedy: remedy) }
    if PathSlip.refusal(of: pattern) == nil, isFolder(pattern.path(in: directory)) {
      return Diagnostic("there is no file in the folder '\(pattern)'")
    }
    if let near = neighbour(of: pattern, in: directory) {
      problem.notes.append(.didYouMean(near))
    }
    return problem.adding(remedy: "paths are relative to \(directory)")
  }

  private static func isFolder(_ path: String) -> Bool {
    (try? FileStatus(of: path, following: true))?.kind == .folder
  }

  /// The file of the nearest name beside the one that is missing.
  private static func neighbour(of text: String, in directory: String) -> String? {
    let folder = text.contains("/") ? text.parentPath : ""
    let names = try? Folder.names(in: (folder.isEmpty ? "." : folder).path(in: directory))
    return nearestName(to: text.lastName, in: names ?? []).map { near in
      folder.isEmpty ? near : folder + "/" + near
    }
  }
}
