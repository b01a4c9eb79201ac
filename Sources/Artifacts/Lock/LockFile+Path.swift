package import Diagnostics

extension LockFile {
  private static let ending = ".lock.yaml"

  /// The lock file of a pipeline file: `digits.lock.yaml` beside `digits.yaml`, and with profiles
  /// `digits@quick.lock.yaml`, so that each way to run a pipeline keeps its results.
  ///
  /// - Parameter profiles: in the order in which they are applied.
  package static func path(for pipelineFile: String, profiles: [String] = []) -> String {
    let variant = profiles.isEmpty ? "" : "@" + profiles.joined(separator: ",")
    return stem(of: pipelineFile) + variant + ending
  }

  /// The lock files of a pipeline file that are there, with and without profiles.
  package static func paths(for pipelineFile: String) throws(Diagnostic) -> [String] {
    let stem = stem(of: pipelineFile)
    let folder = pipelineFile.parentPath
    guard try FileStatus(of: folder, following: true)?.kind == .folder else { return [] }
    let name = stem.lastName
    return try Folder.names(in: folder).filter { isName($0, ofLockBeside: name) }
      .map { stem.dropLast(name.count) + $0 }
  }

  /// Whether a path is that of a lock file of a pipeline file, with profiles or without, there or not.
  package static func isPath(_ path: String, ofLockFor pipelineFile: String) -> Bool {
    path.hasSuffix(ending) && path.parentPath == pipelineFile.parentPath
      && isName(path.lastName, ofLockBeside: stem(of: pipelineFile).lastName)
  }

  /// Whether a path is that of a lock file whose pipeline file is beside it.
  static func standsBesidePipeline(_ path: String, in directory: String) -> Bool {
    // Asked of every file, of which hardly any ends so.
    guard path.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) else { return false }
    let stem = path.path(in: directory).dropLast(ending.count)
    let start = stem.lastIndex(of: "/").map(stem.index(after:)) ?? stem.startIndex
    let variant = stem[start...].firstIndex(of: "@") ?? stem.endIndex
    return [stem, stem[..<variant]].contains { stem in
      [".yaml", ".yml"].contains { (try? FileStatus(of: stem + $0, following: true)) != nil }
    }
  }

  /// The command that writes a lock file where there is none.
  package static func command(writing path: String) -> String {
    let stem = String(path.dropLast(path.hasSuffix(ending) ? ending.count : 0))
    func file(_ stem: some StringProtocol) -> String? {
      [".yaml", ".yml"].map { stem + $0 }
        .first { (try? FileStatus(of: $0, following: true)) != nil }
    }
    if let file = file(stem) { return "anneal run \(file)" }
    let name = stem.lastIndex(of: "/") ?? stem.startIndex
    guard let variant = stem[name...].firstIndex(of: "@") else { return "anneal run \(stem).yaml" }
    let profiles = stem[stem.index(after: variant)...].split(separator: ",")
      .map { " --profile \($0)" }
    let pipeline = file(stem[..<variant]) ?? stem[..<variant] + ".yaml"
    return "anneal run \(pipeline)\(profiles.joined())"
  }

  private static func isName(_ name: String, ofLockBeside stem: String) -> Bool {
    name == stem + ending || name.hasPrefix(stem + "@") && name.hasSuffix(ending)
  }

  /// The lock files in a folder.
  package static func paths(in folder: String) throws(Diagnostic) -> [String] {
    guard try FileStatus(of: folder, following: true)?.kind == .folder else { return [] }
    return try Folder.names(in: folder).filter { $0.hasSuffix(ending) }.map { $0.path(in: folder) }
  }

  /// The path of a pipeline file without its ending.
  private static func stem(of pipelineFile: String) -> String {
    for ending in [".yaml", ".yml"] where pipelineFile.hasSuffix(ending) {
      return String(pipelineFile.dropLast(ending.count))
    }
    return pipelineFile
  }
}
