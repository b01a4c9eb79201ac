internal import FoundationEssentials
internal import Processes
package import YAML

/// The revision that a pipeline's folder was at, and what was changed since.
package struct GitState: Hashable, Sendable {
  package var revision: String

  /// `nil` where no branch is checked out.
  package var branch: String?

  /// How many tracked files below the folder differ from the revision; lock files do not count.
  package var changes: Int

  /// The first of these files, relative to the top of the working tree.
  package var changed: [String]

  package var isDirty: Bool { changes > 0 }

  static let mostNamed = 20

  package init(revision: String, branch: String? = nil, changes: Int = 0, changed: [String] = []) {
    self.revision = revision
    self.branch = branch
    self.changes = changes
    self.changed = changed
  }

  /// Asks `git` about a folder; `nil` where it is in no repository, or git is missing or too slow.
  package init?(of folder: String, within patience: Duration = .seconds(10)) {
    let words = [
      // Nothing that a repository's configuration names is started, and nothing is written.
      "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder, "status",
      "--porcelain=v2", "--branch", "--untracked-files=no", "--ignore-submodules=all", "--", ".",
      ":(exclude,glob)**/*.lock.yaml",
    ]
    guard let text = ShortProcess.output(of: "git", words, within: patience) else { return nil }
    self.init(parsing: text)
  }

  /// Reads what `git status --porcelain=v2 --branch` prints.
  init?(parsing text: String) {
    var revision: String?
    self.init(revision: "")
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# branch.oid ") {
        revision = String(line.dropFirst("# branch.oid ".count))
      } else if line.hasPrefix("# branch.head ") {
        let name = String(line.dropFirst("# branch.head ".count))
        branch = name == "(detached)" ? nil : name
      } else if !line.hasPrefix("#") {
        changes += 1
        if changed.count < Self.mostNamed { changed.append(Self.path(in: line)) }
      }
    }
    guard let revision, revision != "(initial)" else { return nil }
    self.revision = revision
  }

  /// The path in a line such as `1 .M N... 100644 100644 100644 <id> <id> <path>`.
  private static func path(in line: Substring) -> String {
    let fields = [Substring("1"): 8, "2": 9, "u": 10][line.prefix(1)] ?? 0
    let parts = line.split(separator: " ", maxSplits: fields, omittingEmptySubsequences: false)
    // A renamed file's old name follows a tab.
    return String(parts.last?.split(separator: "\t").first ?? line)
  }
}

extension GitState {
  package var value: Value {
    [
      "revision": .string(revision), "branch": branch.map { .string($0) } ?? .null,
      "changes": .int(changes), "changed": .array(changed.map { .string($0) }),
    ]
  }

  init?(_ value: Value) {
    guard let revision = value["revision"]?.string else { return nil }
    self.init(
      revision: revision, branch: value["branch"]?.string, changes: value["changes"]?.int ?? 0,
      changed: (value["changed"]?.array ?? []).compactMap(\.string))
  }
}

/// A program that answers soon or is given up.
enum ShortProcess {
  /// The most bytes that an answer may have.
  private static let longestAnswer = 1 << 18

  /// What a program prints, or `nil` where it is missing, fails, takes too long or says too much.
  static func output(of program: String, _ words: [String], within patience: Duration) -> String? {
    let finished = try? FinishedProgram(
      running: "/usr/bin/env", [program] + words,
      environment: ProcessInfo.processInfo.environment, keeping: longestAnswer, within: patience)
    guard let finished, finished.ending == .exited(0), finished.outputCount <= longestAnswer else {
      return nil
    }
    return String(decoding: finished.output, as: UTF8.self)
  }
}
