internal import Artifacts
internal import Diagnostics

/// Finds files that stages expect, that are not there, and that no stage makes.
struct MissingFiles {
  private struct Question: Hashable {
    let pattern: String
    let directory: String
    let mayBeEmpty: Bool
  }

  private let instances: [StageInstance]

  /// What writes at which path.
  private let writers: PathIndex<Int>

  /// So many are told of; who has that many knows what to look for.
  private static let most = 100

  init(_ instances: [StageInstance], writers: PathIndex<Int>) {
    self.instances = instances
    self.writers = writers
  }

  /// A problem at each pattern that names nothing, once for all instances of a stage.
  var problems: [Diagnostic] {
    let missing = missing
    guard !missing.isEmpty else { return [] }
    var problems: [Diagnostic] = []
    var seen: Set<SourceRange> = []
    for instance in instances {
      for (question, range) in open(of: instance) where missing.contains(question) {
        guard problems.count < Self.most, seen.insert(range).inserted else { continue }
        var problem =
          isFolder(question)
          ? Diagnostic("there is no file in the folder '\(question.pattern)'")
          : .missing(
            question.pattern, isLiteral: question.pattern.firstWildcard == nil,
            in: question.directory)
        problem.range = range
        problems.append(problem)
      }
    }
    return problems
  }

  /// The patterns of an instance that nothing makes at sight.
  private func open(of instance: StageInstance) -> [(Question, SourceRange)] {
    guard !instance.isRuledOut else { return [] }
    return instance.settings.expected.compactMap { read in
      guard !read.pattern.isAddress,
        writers.value(overlapping: read.pattern.path(in: instance.directory)) == nil
      else { return nil }
      return (
        Question(
          pattern: read.pattern, directory: instance.directory, mayBeEmpty: read.mayBeEmpty),
        read.range ?? instance.range
      )
    }
  }

  /// Files are looked for on all cores. One that cannot be looked at is the run's concern.
  private var missing: Set<Question> {
    let absent = instances.concurrentMap(grain: 64) { instance in
      open(of: instance).compactMap { question, _ in isThere(question) ? nil : question }
    }
    return Set(absent.joined()).filter { !mayBeMade($0) }
  }

  private func isThere(_ question: Question) -> Bool {
    if question.mayBeEmpty, isFolder(question) { return true }
    return (try? FilePattern(question.pattern).isMatched(in: question.directory)) ?? true
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
    return instances.contains { instance in
      instance.settings.written.contains { written in
        let path = written.path.path(in: instance.directory).plainPath
        return path.hasPrefix(folder) && pattern.mayMatch(at: String(path.dropFirst(folder.count)))
      }
    }
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
