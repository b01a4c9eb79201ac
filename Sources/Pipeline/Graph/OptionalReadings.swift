internal import Artifacts
package import Diagnostics

/// Finds the files that stages expect and that come from nowhere but a stage that may leave them out.
package struct OptionalReadings {
  private let instances: [StageInstance]
  private var outputs = PathIndex<(writer: Int, written: WrittenPath)>()

  /// - Parameter instances: those of a pipeline; one that never runs writes nothing.
  package init(_ instances: [StageInstance]) {
    self.instances = instances
    for (position, instance) in instances.enumerated() where !instance.isRuledOut {
      // What is kept may stand there all the same.
      for written in instance.settings.written where written.isOptional && !written.isKept {
        outputs.insert((position, written), at: written.path.path(in: instance.directory))
      }
    }
  }

  /// What may be missing when its reader's turn comes, once for all instances of a stage.
  var warnings: [Diagnostic] {
    guard !outputs.isEmpty else { return [] }
    var seen: Set<SourceRange> = []
    return instances.lazy.filter { !$0.isRuledOut }.flatMap { reader in
      readings(by: reader).compactMap { reading in
        guard let place = reading.place, seen.insert(place).inserted else { return nil }
        var warning = reading.problem(
          "stage '\(reading.writer.stage)' may leave '\(reading.pattern)' out, and '\(reader.stage)' "
            + "fails without it")
        warning.severity = .warning
        return warning
      }
    }
  }

  /// That a stage before an instance left out what it reads; `nil` where all of that is there.
  package func absence(before reader: StageInstance) -> Diagnostic? {
    readings(by: reader).first { reading in
      (try? FilePattern(reading.pattern).isMatched(in: reader.directory)) == false
    }.map { reading in
      reading.problem(
        "stage '\(reading.writer.address)' left out '\(reading.pattern)', which '\(reader.address)' "
          + "reads")
    }
  }

  private struct Reading {
    let pattern: String
    let place: SourceRange?
    let reader: StageInstance
    let writer: StageInstance
    let written: WrittenPath

    func problem(_ fact: String) -> Diagnostic {
      var problem = Diagnostic(
        fact, at: place ?? reader.range,
        remedy: "have '\(writer.stage)' always write it, and take 'optional' away from it")
      // Only what makes files itself can look into the files of another.
      if reader.settings.output == .files {
        problem.notes.append(
          Note(
            "read it through 'from: \(writer.stage)' alone, as "
              + "\"$\(InputVariable.name(for: writer.stage))/\(written.normalized)\", where it may be "
              + "missing"))
      }
      problem.notes.append(Note("it is optional here", at: written.range ?? writer.range))
      return problem
    }
  }

  private func readings(by reader: StageInstance) -> [Reading] {
    reader.settings.files.compactMap { pattern in
      let full = pattern.path(in: reader.directory).plainPath
      guard !pattern.isAddress, let (position, written) = outputs.value(overlapping: full),
        // A folder that it is in may hold other files.
        full.isPath(atOrBelow: written.path.path(in: instances[position].directory).plainPath),
        instances[position].address != reader.address
      else { return nil }
      let expected = reader.settings.expected.first { $0.pattern == pattern }
      return Reading(
        pattern: pattern, place: expected?.range ?? reader.range, reader: reader,
        writer: instances[position], written: written)
    }
  }
}
