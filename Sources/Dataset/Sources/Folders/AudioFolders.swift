internal import Artifacts
package import Diagnostics
package import Network
package import Options
package import YAML

/// Sound files in a folder for each class, or without classes.
package enum AudioFolders: Source {
  package typealias Settings = AudioSettings

  package static let key = "audio"
  package static let summary =
    "Folders of WAV, FLAC, Ogg and AIFF files with a folder for each class, or the files themselves."
  package static let sharedKeys: [SharedKey] = []
  package static let noun = "a sound"
  package static let rules: [Rule] = [
    .different("task", "regression"), .different("task", "multi-label"),
  ]

  package static func recognizes(_ start: FileStart) -> Bool {
    let kind = start.bytes.dropFirst(8)
    return start.hasPrefix("fLaC") || start.hasPrefix("OggS")
      || (start.hasPrefix("RIFF") && kind.starts(with: "WAVE".utf8))
      || (start.hasPrefix("FORM") && kind.starts(with: "AIF".utf8))
  }

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    FileListing.problems(of: .sounds, request, node) + AudioSettings.check(settings, node)
  }

  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> { [.audio] }

  package static func inputs(
    _ settings: Settings, _ request: RowRequest
  ) -> [NetworkInput]? {
    settings.form.map { [NetworkInput(name: "audio", kind: .audio, shape: $0.shape)] }
  }

  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    FileListing.look(for: .sounds, under: key, request, search, node)
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    let listing = try FileListing(of: .sounds, request, search)
    var audio = FeatureDeclaration(
      name: "audio", columns: [Pattern("file")].compactMap { $0 }, kind: .audio)
    var remarks = listing.remarks
    audio.audio = settings.form
    if audio.audio == nil {
      let longest = longest(of: listing.items)
      audio.audio = settings.form(samples: settings.samples(longest: longest))
      remarks.append(
        longest > AudioSettings.longest
          ? "all sounds are brought to a minute; 'seconds' is another length"
          : "all sounds are brought to the length of the longest; 'seconds' is another")
    }
    audio.files = DeclaredFiles()
    return try TableSource(
      FolderContents(listing.items, of: .sounds, .name), of: audio, request, listing.warnings,
      remarks)
  }

  /// The seconds of the longest sound that can be read.
  private static func longest(of items: [ListedFile]) -> Double {
    items.concurrentMap(grain: 16) { item in
      (try? AudioCodec.probe(.file(item.file.path)))?.seconds ?? 0
    }.max() ?? 0
  }

  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard provenance["format"]?.string == FolderContents.format(of: .sounds) else { return nil }
    let items = try FileListing.newFiles(files, of: .sounds, target.classes)
    return try TableSource(
      FolderContents(items, of: .sounds, .name), features: features, target: target)
  }
}
