internal import Artifacts
internal import Diagnostics

/// Finds stages that cannot read a temporary output, and such outputs that nothing reads.
///
/// What a stage reads by its inputs belongs to its key by the content that stands in the folder, where a
/// temporary output may be gone while the stage is up to date.
struct TemporaryReaders {
  private let instances: [StageInstance]

  init(_ instances: [StageInstance]) {
    self.instances = instances
  }

  var problems: [Diagnostic] {
    var temporary = PathIndex<(writer: Int, path: String)>()
    for (position, instance) in instances.enumerated() where !instance.isRuledOut {
      for written in instance.settings.written where written.isTemporary {
        temporary.insert(
          (position, written.path), at: written.path.path(in: instance.directory))
      }
    }
    guard !temporary.isEmpty else { return [] }
    return misread(temporary) + unread
  }

  private func misread(_ temporary: PathIndex<(writer: Int, path: String)>) -> [Diagnostic] {
    var seen: Set<SourceRange> = []
    return instances.flatMap { instance in
      instance.settings.files.compactMap { pattern -> Diagnostic? in
        guard !pattern.isAddress,
          let (writer, path) = temporary.value(overlapping: pattern.path(in: instance.directory)),
          instances[writer].address != instance.address
        else { return nil }
        let place =
          instance.settings.expected.first { $0.pattern == pattern }?.range ?? instance.range
        guard seen.insert(place).inserted else { return nil }
        let name = instances[writer].stage
        return Diagnostic(
          "'\(path)' of stage '\(name)' is temporary, so that it may be gone where '\(pattern)' is looked "
            + "for", at: place,
          remedy: "read it through 'from: \(name)' alone, which knows it by what it held")
      }
    }
  }

  private var unread: [Diagnostic] {
    let read = Set(instances.flatMap(\.dependencies))
    var seen: Set<String> = []
    return instances.compactMap { instance in
      guard let written = instance.settings.written.first(where: \.isTemporary),
        !read.contains(instance.address), seen.insert(instance.stage).inserted
      else { return nil }
      return Diagnostic(
        "no stage reads '\(written.path)', so that it stays", at: written.range ?? instance.range,
        severity: .warning, remedy: "take 'temporary' away, or name '\(instance.stage)' in a 'from'"
      )
    }
  }
}
