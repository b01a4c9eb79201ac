internal import FoundationEssentials
internal import Hardware

/// The versions of the native libraries beside this executable, from the list that the set-up left:
/// none of them is opened.
package struct InstalledLibraries {
  /// By the name of the package, such as `torch`.
  let versions: [String: String]

  package init() {
    let list = OwnProgram.current.placesOfNative("lock.txt").lazy.compactMap { path in
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
}
