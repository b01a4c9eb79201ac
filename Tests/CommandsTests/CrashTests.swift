import Processes
import Foundation
import Testing
import YAML

/// What the program leaves behind when it, or the machine around it, fails at any moment.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `A run in trouble` {
  @Test(.timeLimit(.minutes(5))) func `killed again and again comes to the same outputs`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let campaign = try Shell.run(
      "\(root.path)/Campaigns/kill --kills 5 --seed 4 --program \(Program.path)")
    #expect(campaign.status == 0, "\(campaign.text)")
    #expect(campaign.text.contains("kills done: 5 (seed 4)"))
  }

  @Test(arguments: [[SIGINT, SIGINT], [SIGINT, SIGTERM], [SIGKILL]])
  func `takes everything it started with it`(signals: [Int32]) throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        stubborn:
          command: {run: "trap '' TERM HUP INT; echo $$ > pid; sleep 600; sleep 600", outputs: [a]}
      """, to: "p.yaml")
    let texts = ["stubborn: started", "stopping"]
    let ending = try program.run(
      ["run", "p.yaml"], sending: Array(zip(texts, signals)))
    #expect(ending.status == (signals == [SIGKILL] ? SIGKILL : 130))
    guard program.exists("pid") else { return }
    let pid = try String(contentsOfFile: program.folder + "/pid", encoding: .utf8)
    while kill(try #require(pid_t(pid.trimmingCharacters(in: .newlines))), 0) == 0 { sched_yield() }
    #expect(try Shell.run("pgrep -f 'sleep 600' -g \(pid)").status != 0)
  }

  @Test func `holds a command's children to their memory`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        big:
          memory: 64MiB
          command: {run: "head -c 400M /dev/zero | tail -c 390M > a; echo x > a", outputs: [a]}
      """, to: "p.yaml")
    let ending = try program.run("run", "p.yaml")
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains("p.yaml:4:13: error: stage 'big' held more than its limit of 64MiB"),
      "\(ending.errors)")
    #expect(ending.errors.contains("raise 'memory', or give the stage less to hold at once"))
    try program.write(
      """
      pipeline: p
      stages:
        big: {memory: 64MiB, command: {run: "echo x > a", outputs: [a]}}
      """, to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    let lock = try String(contentsOfFile: program.folder + "/p.lock.yaml", encoding: .utf8)
    #expect(lock.contains("engine: none"))
  }

  @Test(arguments: [2, 8]) func `shares its store with others`(count: Int) throws {
    let program = try Program()
    for name in 0..<count {
      let line = "echo \(name / 2) > \(name / 2).txt"
      try program.write(
        """
        pipeline: p\(name / 2)
        stages:
          one: {command: {run: "\(line)", outputs: [\(name / 2).txt]}}
          two: {from: one, command: {run: "echo $ANNEAL_SEED > t\(name / 2)", outputs: [t\(name / 2)]}}
          three: {command: {run: "echo same > s\(name / 2)", outputs: [s\(name / 2)]}}
        """, to: "p\(name / 2).yaml")
    }
    DispatchQueue.concurrentPerform(iterations: count) { index in
      do {
        let ending = try program.run("run", "p\(index / 2).yaml")
        #expect(ending.status == 0, "\(ending.errors)")
      } catch {
        Issue.record(error)
      }
    }
    for name in 0..<count / 2 {
      #expect(try program.run("run", "--locked", "p\(name).yaml").errors.contains("nothing to do"))
    }
    #expect(try program.run("gc", "--verify").status == 0)
    let temporary = program.folder + "/.anneal/temporary"
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
  }

  /// A file system of its own that the test may fill and make read-only.
  @Test(.enabled(if: Shell.canMount)) func `says that the disk is full, and goes on later`() throws
  {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        small: {command: {run: "echo x > a", outputs: [a]}}
        large: {from: small, command: {run: "head -c 8M /dev/zero > b", outputs: [b]}}
      """, to: "p.yaml")
    let result = try Shell.run(
      """
      cd '\(program.folder)' && mkdir s && unshare -rm sh -c '
      mount -t tmpfs -o size=4m tmpfs s
      \(Program.path) run --store s p.yaml; echo "full: $?"
      mount -o remount,ro s
      \(Program.path) run --store s p.yaml; echo "read-only: $?"
      mount -o remount,rw,size=64m s
      \(Program.path) run --store s p.yaml; echo "later: $?"
      \(Program.path) gc --verify --store s; echo "verified: $?"
      ls s/temporary'
      """)
    #expect(result.text.contains("no space left on device"), "\(result.text)")
    #expect(result.text.contains("free space on that file system"), "\(result.text)")
    #expect(result.text.contains("full: 1"), "\(result.text)")
    #expect(result.text.contains("read-only file system"), "\(result.text)")
    #expect(result.text.contains("= small"), "\(result.text)")
    #expect(result.text.contains("later: 0"), "\(result.text)")
    #expect(result.text.hasSuffix("verified: 0\n"), "\(result.text)")
  }
}

/// Lines for the shell.
private enum Shell {
  static let canMount = (try? run("unshare -rm mount -t tmpfs tmpfs /mnt"))?.status == 0

  static func run(_ line: String) throws -> (status: Int32, text: String) {
    let finished = try FinishedProgram(
      running: "/bin/sh", ["-c", "exec 2>&1; " + line],
      environment: ProcessInfo.processInfo.environment)
    let ending = Program.Ending(finished)
    return (ending.status, ending.output)
  }
}
