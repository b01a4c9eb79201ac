internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// The locks on what a stage writes into the user's folder, and on what it finds there of stages before
/// it: two processes that run the same command with other settings would mix their files.
struct OutputLocks {
  private struct Claim {
    let lock: NameLock
    /// Whether the stage has the path to itself.
    var isExclusive: Bool
  }

  private var claims: [Claim]
  private let instance: StageInstance?

  /// - Parameters:
  ///   - instance: The stage that is going to write; none where files are only read.
  ///   - sources: Those before the stage whose files it may read, and that stay as they are as long as
  ///     anybody reads them.
  ///   - changed: The addresses of the sources whose files are going to be put back.
  init(
    of instance: StageInstance?, reading sources: [StageInstance] = [],
    puttingBack changed: Set<String> = [], in store: Store
  ) throws(Diagnostic) {
    self.instance = instance
    var claims: [String: Bool] = [:]
    for source in sources {
      for path in Self.paths(of: source) { claims[path] = changed.contains(source.address) }
    }
    for path in instance.map(Self.paths) ?? [] { claims[path] = true }
    // All processes take them in the same order.
    self.claims = try claims.sorted { $0.key < $1.key }
      .map { path, isExclusive throws(Diagnostic) in
        Claim(lock: try store.writingLock(for: path), isExclusive: isExclusive)
      }
  }

  private static func paths(of instance: StageInstance) -> [String] {
    instance.settings.written.map {
      PipelineFile.absolute($0.normalized.path(in: instance.directory))
    }
  }

  /// Takes all of them at once, or tells who has one.
  func take() throws(Diagnostic) {
    for claim in claims where try !claim.lock.tryLock(exclusive: claim.isExclusive) {
      throw Diagnostic(
        "another process runs stage '\(instance?.address ?? "")', or verifies it, and writes to its "
          + "outputs", at: instance?.range, remedy: "run again when it has ended")
    }
  }

  /// Takes one after the other, waiting in a way that can be cancelled.
  ///
  /// - Parameter onWait: is told once that there is something to wait for.
  func take(onWait: () -> Void) async throws {
    var waits = false
    for claim in claims {
      while try !claim.lock.tryLock(exclusive: claim.isExclusive) {
        if !waits { onWait() }
        waits = true
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// Lets others read what was put back.
  mutating func share(_ source: StageInstance) throws(Diagnostic) {
    let paths = Set(Self.paths(of: source))
    for index in claims.indices where paths.contains(claims[index].lock.name) {
      _ = try claims[index].lock.tryLock(exclusive: false)
      claims[index].isExclusive = false
    }
  }

  /// Gives all of them up.
  func release() throws(Diagnostic) {
    for claim in claims { try claim.lock.unlock() }
  }
}
