internal import Artifacts
internal import Foundation

/// A folder that nothing has been in before, for one tool and one workload.
struct Workspace: Sendable {
  let path: String

  /// Makes one with a workload as a tool wants it described.
  init(_ workload: Workload, for tool: any Tool, below root: String) throws {
    path = "\(root)/\(tool.name.lowercased().filter(\.isLetter))-\(UUID())"
    try Folder.create(path + "/out")
    if workload.shape != .folder {
      try OpenFile(creating: path + "/" + workload.source).write(
        Array(repeating: UInt8(ascii: "x"), count: DataFolder.fileSize))
    }
    for (name, text) in tool.files(for: workload) {
      try OpenFile(creating: path + "/" + name).write(Array(text.utf8))
    }
  }

  /// An empty one.
  init(below root: String) throws {
    path = "\(root)/\(UUID())"
    try Folder.create(path)
  }

  /// What the last program that ran here wrote.
  var log: String { path + "/output.log" }

  func lastLines(_ count: Int) -> String {
    let lines = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
      .split(separator: "\n")
    return lines.suffix(count).joined(separator: "\n")
  }

  /// Which outputs are missing that a run of the workload makes.
  func missing(of workload: Workload) throws -> Int {
    workload.stages.count - (try Folder.names(in: path + "/out")).count
  }
}
