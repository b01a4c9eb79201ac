internal import Artifacts
internal import FoundationEssentials

/// The versions of the native libraries beside this executable, from the list that the set-up left:
/// none of them is opened.
package struct InstalledLibraries {
  /// By the name of the package, such as `torch`.
  let versions: [String: String]

  package init() {
    let link = "/proc/self/exe"
    let executable =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? link
    let list = Self.places(from: executable.parentPath).lazy.compactMap { path in
      FileManager.default.contents(atPath: path)
    }.first
    self.init(parsing: String(decoding: list ?? Data(), as: UTF8.self))
  }

  /// The numeric engine with its version, as `Numerics` names it.
  package var engine: String? {
    // What follows a '+' tells builds of the same version apart.
    versions["torch"].map { "libtorch " + $0.prefix { $0 != "+" } }
  }

  /// Reads lines such as `torch==2.15.0 --hash=sha256:…`.
  init(parsing list: String) {
    var versions: [String: String] = [:]
    for line in list.split(separator: "\n") where !line.hasPrefix("#") {
      guard let word = line.split(separator: " ").first else { continue }
      let parts = word.split(separator: "=", omittingEmptySubsequences: true)
      if parts.count == 2 { versions[String(parts[0])] = String(parts[1]) }
    }
    self.versions = versions
  }

  /// Where the list may lie: below `.deps` of the checkout, or beside an installed executable.
  private static func places(from folder: String) -> [String] {
    var places = [folder.parentPath + "/lib/lock.txt"]
    var above = folder
    while above != "/", above != "." {
      places.append(above + "/.deps/lock.txt")
      above = above.parentPath
    }
    return places
  }
}
