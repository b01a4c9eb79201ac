internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Processes

/// The lock files of a git repository that are not in its working tree: those of all branches, tags and
/// stashes, of other working trees, and what is staged.
struct RepositoryLocks {
  /// The top of the working tree.
  let top: String

  /// - Returns: `nil` where the folder is in no repository.
  /// - Throws: where it is in one that git cannot read.
  init?(around folder: String) throws(Diagnostic) {
    guard try Self.isRepository(around: folder) else { return nil }
    let told = try Self.git(["rev-parse", "--show-toplevel"], in: folder)
    top = String(told.prefix { $0 != "\n" })
  }

  /// The digests that the lock files name, whether these can be read as lock files or not.
  func digests() throws(Diagnostic) -> Set<Digest> {
    let stashes = try Self.git(["stash", "list", "--format=%H %P"], in: top)
      .split(separator: "\n").flatMap { line in
        // Of its parents the first is an ordinary revision, the others what was staged and not tracked.
        let revisions = line.split(separator: " ").map(String.init)
        return revisions.prefix(1) + revisions.dropFirst(2)
      }
    let listed = try Self.git(
      ["rev-list", "--no-walk=unsorted", "--objects", "--all", "--indexed-objects"] + stashes,
      in: top)
    let files = listed.split(separator: "\n").filter { $0.hasSuffix(".lock.yaml") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    var digests: Set<Digest> = []
    for start in stride(from: 0, to: files.count, by: Self.manyFiles) {
      let part = files[start..<min(start + Self.manyFiles, files.count)]
      let text = try Self.git(["show", "--no-textconv", "--format="] + part, in: top)
      digests.formUnion(Self.digests(in: text))
    }
    return digests
  }

  /// So many files are asked for at once.
  private static let manyFiles = 500

  private static func isRepository(around folder: String) throws(Diagnostic) -> Bool {
    var folder = folder
    while try FileStatus(of: folder + "/.git", following: true) == nil {
      guard folder != "/", folder != ".", !folder.isEmpty else { return false }
      folder = folder.parentPath
    }
    return true
  }

  /// Every word of 64 hexadecimal digits.
  private static func digests(in text: String) -> Set<Digest> {
    let words = text.utf8.split { byte in
      !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        && !(UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    return Set(words.filter { $0.count == 64 }.compactMap { Digest(hex: String($0) ?? "") })
  }

  private static func git(_ words: [String], in folder: String) throws(Diagnostic) -> String {
    // A hook's own variables would lead to another repository.
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
    environment["GIT_TERMINAL_PROMPT"] = "0"
    let finished = try FinishedProgram(
      running: "/usr/bin/env",
      [
        "git", "--no-optional-locks", "--no-pager", "-c", "core.fsmonitor=false", "-C", folder,
      ] + words, environment: environment, within: .seconds(120))
    guard finished.ending == .exited(0) else {
      let said = String(decoding: finished.errors, as: UTF8.self)
      throw Diagnostic(
        "git does not tell which lock files the branches of '\(folder)' have",
        remedy: "mend that, or collect what they need too with --ignore-branches",
        notes: said.isEmpty ? [] : [Note("it said:\n" + said)])
    }
    return String(decoding: finished.output, as: UTF8.self)
  }
}
