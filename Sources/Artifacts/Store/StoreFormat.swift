internal import Diagnostics

/// The version file of a store, which keeps an older program from misreading a newer layout.
enum StoreFormat {
  /// Writes the version of a new store, or checks that of an existing one.
  static func prepare(_ layout: StoreLayout) throws(Diagnostic) {
    if try FileStatus(of: layout.format) == nil {
      // Version control should not see artifacts; the file says so where the folder is.
      try Folder.replaceFile(layout.ignored, with: Array("*\n".utf8))
      try Folder.replaceFile(
        layout.format, with: Array("\(Store.formatVersion)\n".utf8))
    }
    try check(layout)
  }

  /// Checks the version, if there is a store at all.
  static func check(_ layout: StoreLayout) throws(Diagnostic) {
    let path = layout.format
    guard try FileStatus(of: path) != nil else { return }
    let text = String(decoding: try Folder.contents(of: path), as: UTF8.self)
    guard let version = Int(text.split(separator: "\n").first ?? "") else {
      throw Diagnostic(
        "'\(path)' does not hold the version of a store",
        remedy: "choose another folder with --store, or remove '\(layout.root)' to begin anew")
    }
    guard version <= Store.formatVersion else {
      throw Diagnostic(
        "the store '\(layout.root)' has format \(version), and this anneal reads up to "
          + "\(Store.formatVersion)",
        remedy: "use the newer anneal that wrote it, or choose another folder with --store")
    }
  }
}
