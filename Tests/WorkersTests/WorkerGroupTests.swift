import Artifacts
import Diagnostics
import Hardware
import Pipeline
import Testing
import YAML

@testable import Workers

@Suite struct WorkerGroupTests {
  /// Workers in shell that answer each job with `reply`, which finds its rank in `$rank`.
  private func pool(_ reply: String) throws -> WorkerPool {
    let done = String(
      decoding: try WorkerMessage.done(
        WorkerResult(
          metrics: [:],
          numerics: .init(
            engine: "fake", instructionSet: .avx2, threads: 1, precision: .fp32, device: .cpu),
          peakMemory: 100, cpuSeconds: 2, seconds: 1)
      ).line(), as: UTF8.self)
    let script = """
      finish() { printf '%s' '\(done)' >&3; }
      say() { echo "{\\"event\\":\\"log\\",\\"payload\\":\\"$1\\"}" >&3; }
      while read -r line; do
        rank=$(echo "$line" | sed -n 's/.*"rank":{"rank":\\([0-9]*\\).*"worldSize":\\([0-9]*\\).*/\\1 of \\2/p')
        output=$(echo "$line" | sed -n 's/.*"output":"\\([^"]*\\)".*/\\1/p')
        case $line in
          *'"command":"run"'*) \(reply) ;;
          *'"command":"cancel"'*) echo '{"event":"cancelled"}' >&3 ;;
        esac
      done
      """
    return WorkerPool(
      launch: WorkerLaunch(executable: "/bin/sh", arguments: ["-c", script], grace: .seconds(30)))
  }

  private func job(in folder: borrowing WorkersFolder, ranks: Int?) throws -> StageJob {
    var job = StageJob.example(in: folder)
    job.output = folder.path + "/output"
    try Folder.create(job.output)
    job.resources.ranks = ranks
    return job
  }

  @Test func `a job with two ranks gets two workers that know their places`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool(
      #"echo "$rank" > "$output/rank"; cp "$output/rank" \#(folder.path)/seen-${rank%% *}; say "$rank"; finish"#
    )
    let heard = WorkersListener()
    let job = try job(in: folder, ranks: 2)
    let result = try await pool.run(job, log: folder.log) { heard.hear($0) }
    #expect(try folder.text("seen-0") == "0 of 2\n")
    #expect(try folder.text("seen-1") == "1 of 2\n")
    // Only rank 0 speaks, and only its output stays.
    #expect(heard.lines == ["0 of 2"])
    #expect(try folder.text("output/rank") == "0 of 2\n")
    #expect(try FileStatus(of: job.output + ".rank-1") == nil)
    #expect(result.peakMemory == 200 && result.cpuSeconds == 4 && result.seconds == 1)
    await pool.shutDown()
  }

  @Test func `a job of one rank is told of no place`() async throws {
    let folder = try WorkersFolder()
    let pool = try pool(#"say "rank: $rank."; finish"#)
    let heard = WorkersListener()
    _ = try await pool.run(try job(in: folder, ranks: nil), log: folder.log) { heard.hear($0) }
    #expect(heard.lines == ["rank: ."])
    await pool.shutDown()
  }

  @Test(.timeLimit(.minutes(1))) func `a rank that fails ends the others`() async throws {
    let folder = try WorkersFolder()
    // Rank 0 waits until it is told to stop; rank 1 ends in the middle of the job.
    let pool = try pool(#"case $rank in "1 of"*) exit 7 ;; esac"#)
    let job = try job(in: folder, ranks: 2)
    let problem = await #expect(throws: Diagnostic.self) {
      try await pool.run(job, log: folder.log) { _ in }
    }
    #expect(problem?.message.contains("7") == true)
    #expect(try FileStatus(of: job.output + ".rank-1") == nil)
    await pool.shutDown()
  }
}
