internal import Diagnostics

/// An array in a file: its name, and where and how its elements are stored.
struct StoredArray: Sendable {
  /// Where the elements are.
  enum Storage: Hashable, Sendable {
    /// In the file, from this byte on.
    case plain(Int)
    /// In the decompressed file, from this byte on.
    case compressed(Int)
    /// Deflated in an archive's entry, from this byte of the entry's content on.
    case deflated(ZipEntry, Int)
  }

  /// The name by which the array is known.
  var name: String
  let file: SourceFile

  /// Whether the file holds other arrays too, so that its name alone does not say which is meant.
  let isMember: Bool
  let storage: Storage
  let layout: ArrayLayout

  /// What messages call it.
  var title: String { isMember ? "'\(name)' in '\(file.name)'" : "'\(file.name)'" }

  func problem(_ fact: String, remedy: String) -> Diagnostic {
    Diagnostic("\(title) \(fact)", remedy: remedy)
  }
}

/// An array that is there and cannot be read, which matters only where it is wanted.
struct UnreadArray: Sendable {
  let name: String
  let problem: Diagnostic
}

/// What a file holds.
struct FoundArrays: Sendable {
  var arrays: [StoredArray] = []
  var unread: [UnreadArray] = []
}
