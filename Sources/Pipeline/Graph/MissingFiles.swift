internal import Artifacts
internal import Diagnostics
internal import Options

/// Finds files that stages expect, that are not there, and that no stage makes.
struct MissingFiles {
  private struct Question: Hashable {
    let pattern: String
    let directory: String
    let mayBeEmpty: Bool
  }

  private let instances: [StageInstance]
  private let loose: [LooseStages.Stage]

  /// What writes at which path.
  private let writers: PathIndex<Int>

  /// So many are told of; who has that many knows what to look for.
  private static let most = 100

  /// - Parameters:
  ///   - writers: what the instances write.
  ///   - loose: stages of which there are no instances.
  init(_ instances: [StageInstance], writers: PathIndex<Int>, loose: [LooseStages.Stage]) {
    self.instances = instances
    self.loose = loose
    var writers = writers
    for stage in loose {
      for written in stage.settings.written {
        writers.insert(instances.count, at: written.path.path(in: stage.directory))
      }
    }
    self.writers = writers
  }

  /// A problem at each pattern that names nothing, once for all instances of a stage.
  var problems: [Diagnostic] {
    let missing = missing
    guard !missing.isEmpty else { return [] }
    var problems: [Diagnostic] = []
    var seen: Set<SourceRange> = []
    let questions =
      instances.lazy.map { open(of: $0) }.joined().filter { missing.contains($0.0) }
      + loose.map { open(of: $0) }.joined().filter { missing.contains($0.0) }
    for (question, range) in questions {
      guard problems.count < Self.most, seen.insert(range).inserted else { continue }
      var problem = Diagnostic.missing(
        question.pattern, isLiteral: question.pattern.firstWildcard == nil,
        in: question.directory)
      problem.range = range
      problems.append(problem)
    }
    return problems
  }

  /// The patterns of an instance that nothing makes at sight.
  private func open(of instance: StageInstance) -> [(Question, SourceRange)] {
    guard !instance.isRuledOut else { return [] }
    return open(instance.settings, in: instance.directory, instance.range)
  }

  private func open(of stage: LooseStages.Stage) -> [(Question, SourceRange)] {
    open(stage.settings, in: stage.directory, stage.range)
  }

  private func open(
    _ settings: StageSettings, in directory: String, _ range: SourceRange
  ) -> [(Question, SourceRange)] {
    settings.expected.compactMap { read in
      guard !read.pattern.isAddress,
        writers.value(overlapping: read.pattern.path(in: directory)) == nil
      else { return nil }
      return (
        Question(pattern: read.pattern, directory: directory, mayBeEmpty: read.mayBeEmpty),
        read.range ?? range
      )
    }
  }

  /// Files are looked for on all cores. One that cannot be looked at is the run's concern.
  private var missing: Set<Question> {
    let absent = instances.concurrentMap(grain: 64) { instance in
      open(of: instance).compactMap { question, _ in isThere(question) ? nil : question }
    }
    let unread = loose.flatMap { open(of: $0).compactMap { isThere($0.0) ? nil : $0.0 } }
    return Set(absent.joined()).union(unread).filter { !mayBeMade($0) }
  }

  private func isThere(_ question: Question) -> Bool {
    if PathSlip.refusal(of: question.pattern) != nil { return false }
    if question.mayBeEmpty, isFolder(question) { return true }
    let patterns = PathPattern(question.pattern)?.alternatives ?? [question.pattern]
    return patterns.contains { pattern in
      (try? FilePattern(pattern).isMatched(in: question.directory)) ?? true
    }
  }

  private func isFolder(_ question: Question) -> Bool {
    let path = question.pattern.path(in: question.directory)
    return (try? FileStatus(of: path, following: true))?.kind == .folder
  }

  /// Whether a stage writes something that a pattern may match.
  private func mayBeMade(_ question: Question) -> Bool {
    guard question.pattern.firstWildcard != nil else { return false }
    let isAbsolute = question.pattern.hasPrefix("/")
    let folder = isAbsolute ? "/" : question.directory + "/"
    let pattern = FilePattern(question.pattern.plainPath)
    func makes(_ settings: StageSettings, in directory: String) -> Bool {
      settings.written.contains { written in
        let path = written.path.path(in: directory).plainPath
        return path.hasPrefix(folder) && pattern.mayMatch(at: String(path.dropFirst(folder.count)))
      }
    }
    return instances.contains { makes($0.settings, in: $0.directory) }
      || loose.contains { makes($0.settings, in: $0.directory) }
  }
}

extension PathIndex<Int> {
  /// The positions of the instances that write something, at the paths that they write.
  init(writersOf instances: [StageInstance]) {
    self.init()
    for (position, instance) in instances.enumerated() {
      for path in instance.settings.written {
        insert(position, at: path.path.path(in: instance.directory))
      }
    }
  }
}
