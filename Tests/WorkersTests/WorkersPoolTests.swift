import Diagnostics
import Foundation
import Glibc
import Hardware
import Pipeline
import Testing
import YAML

@testable import Workers

struct WorkersPoolTests {
  private static let done = WorkerResult(
    metrics: ["accuracy": 1.0],
    numerics: Numerics(
      engine: "fake", instructionSet: .avx2, threads: 1, precision: .fp32, device: .cpu),
    peakMemory: 1, cpuSeconds: 0.5, seconds: 1)

  /// A worker in shell that answers each job with `reply`.
  private func pool(_ reply: String, grace: Duration = .seconds(30)) throws -> WorkerPool {
    let done = String(decoding: try WorkerMessage.done(Self.done).line(), as: UTF8.self)
    let script = """
      finish() { printf '%s' '\(done)' >&3; }
      say() { echo "{\\"event\\":\\"log\\",\\"payload\\":\\"$1\\"}" >&3; }
      while read -r line; do case $line in *'"command":"run"'*) \(reply) ;; esac; done
      """
    return WorkerPool(
      launch: WorkerLaunch(executable: "/bin/sh", arguments: ["-c", script], grace: grace))
  }

  @Test func `returns the result with its events and reuses the worker`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool("say $$; finish")
    let heard = WorkersListener()
    for _ in 1...3 {
      let result = try await pool.run(.example(in: folder), log: folder.log) { heard.hear($0) }
      #expect(result == Self.done)
    }
    #expect(Set(heard.lines).count == 1)
    #expect(heard.lines.count == 3)
    await pool.shutDown()
  }

  @Test func `has the worker that was expected do the job`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool("say $$; finish")
    let heard = WorkersListener()
    let job = StageJob.example(in: folder)
    // A second one is not started for what is expected while the first is there.
    for _ in 1...2 { pool.expect("example", with: job.resources) }
    _ = try await pool.run(job, log: folder.log) { heard.hear($0) }
    pool.expectNone()
    _ = try await pool.run(job, log: folder.log) { heard.hear($0) }
    #expect(Set(heard.lines).count == 2)
    await pool.shutDown()
  }

  @Test func `gives a job with another environment another worker`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool("say \"$$ $OMP_NUM_THREADS $ATEN_CPU_CAPABILITY\"; finish")
    let heard = WorkersListener()
    for threads in [1, 2, 1] {
      _ = try await pool.run(.example(in: folder, threads: threads), log: folder.log) {
        heard.hear($0)
      }
    }
    #expect(Set(heard.lines).count == 2)
    await pool.shutDown()
  }

  @Test func `replaces a worker that died while it waited`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool("say $$; finish")
    let heard = WorkersListener()
    for _ in 1...5 {
      let result = try await pool.run(.example(in: folder), log: folder.log) { heard.hear($0) }
      #expect(result == Self.done)
      kill(try #require(heard.lines.last.flatMap { pid_t($0) }), SIGKILL)
    }
    #expect(Set(heard.lines).count == 5)
    await pool.shutDown()
  }

  @Test func `ends a worker whose children hold more memory than its job may`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool("head -c 400000000 /dev/zero | tail -c 390000000 | wc -c; read -r wait")
    var job = StageJob.example(in: folder)
    job.resources.memory = 64 << 20
    let (limited, log) = (job, folder.log)
    let thrown = await #expect(throws: MemoryExceeded.self) {
      _ = try await pool.run(limited, log: log) { _ in }
    }
    #expect(try #require(thrown).held > 64 << 20)
    await pool.shutDown()
  }

  @Test func `a job with a limit does not share its worker`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool("say $$; finish")
    let heard = WorkersListener()
    var job = StageJob.example(in: folder)
    for limit in [nil, 64 << 20, 64 << 20, nil] {
      job.resources.memory = limit
      _ = try await pool.run(job, log: folder.log) { heard.hear($0) }
    }
    #expect(Set(heard.lines).count == 3)
    await pool.shutDown()
  }

  @Test(arguments: [
    ("echo lost >&2; kill -SEGV $$", "was ended by signal 11 (SIGSEGV, a wrong memory access)"),
    ("echo lost; exit 3", "ended with status 3 before the stage was done"),
    ("echo lost; echo nonsense >&3; cat", "sent something that is no event: 'nonsense'"),
    ("echo lost; printf '{\"event' >&3; exit 0", "ended with status 0 before the stage was done"),
    (
      "echo lost; head -c 17000000 /dev/zero | tr '\\0' x >&3; cat",
      "sent an event of more than 16 MiB"
    ),
  ])
  func `tells why a worker was lost, and goes on with a new one`(
    reply: String, fact: String
  ) async throws {
    let folder = try WorkersFolder()
    let flag = folder.path + "/second"
    let pool = try pool("if test -e \(flag); then finish; else touch \(flag); \(reply); fi")
    let log = folder.log
    let problem = await #expect(throws: Diagnostic.self) {
      _ = try await pool.run(.example(in: folder), log: log) { _ in }
    }
    #expect(problem?.message == "the worker of stage 'sample' \(fact)")
    #expect(problem?.notes.last?.message == "the log '\(log)' ends with:\nlost")
    let result = try await pool.run(.example(in: folder), log: log) { _ in }
    #expect(result == Self.done)
    await pool.shutDown()
  }

  @Test(arguments: [
    "say ready; read -r second; say \"$second\"; exit 0",
    "trap 'exit 0' TERM; say ready; while true; do read -r x; done",
    "trap '' TERM; say ready; while true; do read -r x; done",
  ])
  func `ends a cancelled job, gracefully or not`(reply: String) async throws {
    let folder = try WorkersFolder()
    let pool = try pool(reply, grace: .milliseconds(200))
    let (started, isStarted) = AsyncStream<Void>.makeStream()
    let (job, log) = (StageJob.example(in: folder), folder.log)
    let running = Task { try await pool.run(job, log: log) { _ in isStarted.yield() } }
    for await _ in started { break }
    running.cancel()
    await #expect(throws: CancellationError.self) { _ = try await running.value }
    await pool.shutDown()
  }

  @Test func `runs jobs side by side and leaves nothing behind`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool("say $$; finish")
    let heard = WorkersListener()
    let (job, log) = (StageJob.example(in: folder), folder.log)
    try await withThrowingTaskGroup(of: WorkerResult.self) { group in
      for _ in 1...12 {
        group.addTask {
          try await pool.run(job, log: log) { heard.hear($0) }
        }
      }
      for try await result in group { #expect(result == Self.done) }
    }
    await pool.shutDown()
    for identifier in Set(heard.lines) {
      #expect(!FileManager.default.fileExists(atPath: "/proc/\(identifier)"))
    }
    await #expect(throws: CancellationError.self) {
      _ = try await pool.run(job, log: log) { _ in }
    }
  }

  @Test func `says which executable cannot be started`() async throws {
    let folder = try WorkersFolder()
    let pool = WorkerPool(launch: WorkerLaunch(executable: "/nowhere/anneal"))
    let problem = await #expect(throws: Diagnostic.self) {
      _ = try await pool.run(.example(in: folder), log: folder.log) { _ in }
    }
    #expect(problem?.message == "cannot start '/nowhere/anneal': no such file or directory")
  }
}
