internal import FoundationEssentials

/// Where everything lies in a store's folder; nothing else puts such a path together.
///
///     format, .gitignore   the version of this layout, and a word to version control
///     objects/ab/…         file contents by SHA-256, read-only
///     artifacts/…          checked-out trees: hard links to objects under their real names
///     temporary/…          folders of running processes
///     locks/…              files that processes lock, never removed while the store is used
///     runs/…               a folder for each run: its report, and a lock while it goes on
///     runs.sqlite          the records of all runs
///     searches/…           the pages about searches
///     logs/… checkpoints/… what stages wrote, and what an interrupted one goes on from
///     stamps/…             what pipelines ran, and for which state their lock files were written
///     digests              the digests of files that were read before
///     replaced/…           files of users that were in the way of a command's outputs
///     attempts/…           what runs are writing to users' folders
///     left/…               what attempts left there that came to no result
package struct StoreLayout: Hashable, Sendable {
  /// What the store's folder is called unless another one is named.
  package static let usualName = ".anneal"

  /// The store's folder, absolute or relative to the process's working directory.
  package let root: String

  package init(root: String) {
    self.root = root
  }

  package var format: String { root + "/format" }
  package var ignored: String { root + "/.gitignore" }
  package var digests: String { root + "/digests" }
  package var records: String { root + "/runs.sqlite" }
  package var temporary: String { root + "/temporary" }
  package var logs: String { root + "/logs" }
  package var runs: String { root + "/runs" }
  package var checkpoints: String { root + "/checkpoints" }
  package var stamps: String { root + "/stamps" }
  package var artifacts: String { root + "/artifacts" }
  package var locks: String { root + "/locks" }
  package var attempts: String { root + "/attempts" }
  package var left: String { root + "/left" }
  package var objects: ObjectFolder { ObjectFolder(root + "/objects") }

  /// The folders that a store always has.
  package var folders: [String] {
    [objects.path, artifacts, locks, logs, checkpoints, runs, stamps, attempts]
  }

  /// The files at the top that are replaced as a whole, parts of which an interrupted process leaves.
  package var replacedFiles: [String] { [digests, format, ignored] }

  /// The object with this digest.
  package func object(_ digest: Digest) -> String { objects.path(of: digest) }

  /// The tree's files under their real names, once it is checked out.
  package func artifact(_ tree: Digest) -> String { "\(artifacts)/\(tree.hex)" }

  /// Files of a user's folder that were in the way of a run, or of whatever else the label names.
  package func replaced(_ label: String) -> String { "\(root)/replaced/\(label)" }

  /// What an attempt of a run left in a user's folder that came to no result.
  package func left(by run: String) -> String { "\(left)/\(run)" }

  /// The note that an attempt writes to this absolute path.
  package func attempt(at path: String) -> String { "\(attempts)/\(Digest(of: path).hex)" }

  /// This layout with a root that holds in any working directory.
  package var absolute: StoreLayout {
    StoreLayout(root: root.path(in: FileManager.default.currentDirectoryPath))
  }
}

extension StoreLayout {
  /// What processes keep each other from by locking a file.
  package enum Guarded: String {
    /// Collecting what nothing needs, while others use the store.
    case use
    /// Making and removing temporary folders.
    case temporary
    /// Opening the records.
    case opening
    /// Setting damaged records aside.
    case records
    /// Bringing lock files of pipelines up to date.
    case lockFile = "lock-file"
    /// Writing to paths outside of the store.
    case written
    /// Running stages of the same group.
    case mutex
    /// Making the trials of a search.
    case search
  }

  package func lock(_ guarded: Guarded) -> String { "\(locks)/\(guarded.rawValue).lock" }

  /// The lock that a process holds while it produces the output for a key.
  package func lock(for key: Digest) -> String { "\(locks)/\(key.hex).lock" }
}

extension StoreLayout {
  /// The folder of a run.
  package func run(_ run: String) -> String { "\(runs)/\(run)" }

  /// The page about a run.
  package func report(of run: String) -> String { "\(runs)/\(run)/report.html" }

  /// The page about a search.
  package func report(ofSearch search: String) -> String { "\(root)/searches/\(search).html" }

  /// The lock that a run's process holds for as long as it lives.
  package func mark(of run: String) -> String { "\(runs)/\(run)/lock" }

  /// The log of a stage in a run; attempts of one run share it.
  package func log(of address: String, run: String) -> String {
    "\(logs)/\(run)/\(Self.fileName(for: address)).log"
  }

  /// The folder in which an interrupted attempt leaves what the next one continues from.
  package func checkpoints(for key: Digest) -> String { "\(checkpoints)/\(key.hex)" }

  /// What a lock file at this absolute path was last written for.
  package func stamp(ofLockFile path: String) -> String { "\(stamps)/\(Digest(of: path).hex)" }

  /// The note that a pipeline file at this absolute path ran with the store.
  package func stamp(ofPipeline path: String) -> String {
    "\(stamps)/\(Digest(of: path).hex)\(Self.pipelineEnding)"
  }

  /// How the notes of pipeline files end, among the stamps.
  package static let pipelineEnding = ".pipeline"

  /// An address as a file's name: whatever is unusual in names is written as `%` and its code.
  private static func fileName(for address: String) -> String {
    let usual = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@=,".utf8)
    var name = ""
    for byte in address.utf8 {
      name +=
        usual.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    // File systems end names at 255 bytes; the digest keeps shortened ones apart.
    return name.count <= 200 ? name : name.prefix(150) + "-" + Digest(of: address).short
  }
}
