import Foundation
import Testing
import YAML

/// Outputs that may be missing, that a command goes on from, and that go once they were read.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Outputs of their own kind` {
  private func program(_ stages: String, vars: String = "") throws -> Program {
    let program = try Program()
    try program.write("pipeline: p\n\(vars)stages:\n" + stages, to: "p.yaml")
    return program
  }

  private func states(_ program: Program) throws -> [String?] {
    try program.json(["status", "p.yaml", "--json"]).array?.map { $0["status"]?.string } ?? []
  }

  // MARK: Optional

  private static let optional = """
      a:
        command:
          run: echo x > a.txt; if [ -e switch ]; then echo e > errors.txt; fi
          outputs: [a.txt, {path: errors.txt, optional: true}]

    """

  @Test func `optional ones may be missing`() throws {
    let program = try program(Self.optional)
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(!program.exists("errors.txt"))
    #expect(try states(program) == ["up to date"])
    // A file there that the result lacks is somebody else's.
    try program.write("mine", to: "errors.txt")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0 && run.errors.contains("'errors.txt' was in the way"), "\(run.errors)")
    #expect(!program.exists("errors.txt"))
    try program.write("", to: "switch")
    #expect(try program.run("run", "p.yaml", "--force").status == 0)
    #expect(try program.text("errors.txt") == "e\n")
    try program.remove("errors.txt")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("errors.txt") == "e\n")
    try program.remove("switch")
    #expect(try program.run("run", "p.yaml", "--force").status == 0)
    #expect(!program.exists("errors.txt"))
  }

  @Test func `others may not, and the remedy says how they could`() throws {
    let program = try program("  a: {command: {run: 'true', outputs: [a.txt]}}\n")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1)
    #expect(run.errors.contains("{path: a.txt, optional: true}"), "\(run.errors)")
  }

  // MARK: Keep

  private static let counting = """
      train:
        command:
          run: |
            n=$(cat ckpt/n 2>/dev/null || echo 0); mkdir -p ckpt; echo $((n+1)) > ckpt/n
            echo ${vars.k} > done
            if [ -e stop ]; then exit 1; fi
          outputs: [done, {path: ckpt, keep: true}]

    """

  @Test func `kept ones are there when the command starts again`() throws {
    let program = try program(Self.counting, vars: "vars: {k: 1}\n")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("ckpt/n") == "1\n")
    #expect(try program.run("verify", "p.yaml").status == 0)
    #expect(try program.run("run", "p.yaml").errors.contains("nothing to do"))
    #expect(try program.text("ckpt/n") == "1\n")
    #expect(try program.run("run", "p.yaml", "--force").status == 0)
    #expect(try program.text("ckpt/n") == "2\n")
    // A failed attempt leaves what it came to, and the next goes on from there.
    try program.write("", to: "stop")
    #expect(try program.run("run", "p.yaml", "--force").status == 1)
    #expect(try program.text("ckpt/n") == "3\n" && !program.exists("done"))
    try program.remove("stop")
    #expect(try program.run("run", "p.yaml", "--force").status == 0)
    #expect(try program.text("ckpt/n") == "4\n")
    // That cannot be done again from the same start.
    let verified = try program.run("verify", "p.yaml")
    #expect(verified.status == 3)
    #expect(verified.output.contains("it went on from what stood at 'ckpt'"), "\(verified.output)")
    #expect(try program.text("p.lock.yaml").contains("continued:"))
    #expect(try program.run("show", "last").output.contains("it went on from what stood at 'ckpt'"))
    #expect(try program.text("ckpt/n") == "4\n")
  }

  @Test func `kept ones of another result come back, and what a failed attempt left is set aside`()
    throws
  {
    let program = try program(Self.counting, vars: "vars: {k: 1}\n")
    #expect(try program.run("run", "p.yaml").status == 0)
    try program.write("", to: "stop")
    #expect(try program.run("run", "p.yaml", "--set", "vars.k=2").status == 1)
    #expect(try program.text("ckpt/n") == "2\n")
    let back = try program.run("run", "p.yaml")
    #expect(back.status == 0, "\(back.errors)")
    #expect(try program.text("ckpt/n") == "1\n" && program.text("done") == "1\n")
    #expect(back.errors.contains("'ckpt/n' is what run"), "\(back.errors)")
  }

  @Test func `retries go on from them`() throws {
    let program = try program(
      """
        train:
          retries: 3
          command:
            run: n=$(cat n 2>/dev/null || echo 0); echo $((n+1)) > n; test $n -ge 2
            outputs: [{path: n, keep: true}]

      """)
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("n") == "3\n")
  }

  // MARK: Temporary

  private static let chain = """
      big: {command: {run: "head -c 100000 /dev/urandom > big.bin; echo k > kept.txt", outputs: [{path: big.bin, temporary: true}, kept.txt]}}
      small: {from: big, command: {run: "head -c 10 big.bin > small.bin; echo ${vars.k} >> small.bin", outputs: [small.bin]}}
      other: {from: big, command: {run: "cat $ANNEAL_INPUT_BIG/big.bin | wc -c > n.txt", outputs: [n.txt]}}

    """

  /// The bytes of the largest file in the store.
  private func largest(_ program: Program) throws -> Int {
    let store = program.folder + "/.anneal"
    return try FileManager.default.subpathsOfDirectory(atPath: store).filter {
      $0.hasPrefix("objects/") || $0.hasPrefix("artifacts/")
    }.map {
      let facts = try FileManager.default.attributesOfItem(atPath: store + "/" + $0)
      return facts[.type] as? FileAttributeType == .typeRegular ? (facts[.size] as? Int ?? 0) : 0
    }.max() ?? 0
  }

  @Test func `temporary ones go when they were read, and are made again when needed`() throws {
    let program = try program(Self.chain, vars: "vars: {k: 1}\n")
    let first = try program.run("run", "p.yaml")
    #expect(first.status == 0, "\(first.errors)")
    #expect(!program.exists("big.bin") && program.exists("kept.txt"))
    #expect(try largest(program) < 100_000)
    #expect(try states(program) == ["up to date", "up to date", "up to date"])
    #expect(try program.run("run", "p.yaml").errors.contains("nothing to do"))
    let shown = try program.run("show", "p.yaml", "big")
    #expect(shown.output.contains("its temporary files were removed"), "\(shown.errors)")
    // Nothing that is still needed goes with a collection.
    #expect(try program.run("gc", "p.yaml").status == 0)
    #expect(try states(program) == ["up to date", "up to date", "up to date"])
    #expect(try program.run("run", "p.yaml", "--locked").status == 0)
    #expect(!program.exists("big.bin"))

    let run = try program.run("run", "p.yaml", "--set", "vars.k=2")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.errors.contains("big: started, because 'small' reads its temporary output"),
      "\(run.errors)")
    #expect(!program.exists("big.bin"))
    #expect(try program.text("n.txt") == "100000\n")
    #expect(try largest(program) < 100_000)
  }

  @Test func `temporary ones stay while a reader has not run, or failed`() throws {
    let program = try program(
      Self.chain.replacing("| wc", with: "| if [ -e go ]; then wc; else exit 1; fi; : | wc")
        .replacing("wc; else", with: "cat; else"), vars: "vars: {k: 1}\n")
    #expect(try program.run("run", "p.yaml", "small").status == 0)
    #expect(program.exists("big.bin"))
    #expect(try program.run("run", "p.yaml").status == 1)
    #expect(program.exists("big.bin"))
    try program.write("", to: "go")
    #expect(try program.run("run", "p.yaml", "--jobs", "2").status == 0)
    #expect(!program.exists("big.bin"))
  }

  @Test func `temporary ones that others hold too stay for these`() throws {
    let program = try program(
      """
        big: {command: {run: "seq 1000 > big.txt", outputs: [{path: big.txt, temporary: true}]}}
        copy: {from: big, command: {run: "cp big.txt copy.txt", outputs: [copy.txt]}}

      """)
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(!program.exists("big.txt"))
    try program.remove("copy.txt")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0 && run.errors.contains("copy: put back 'copy.txt'"), "\(run.errors)")
    #expect(try program.run("verify", "p.yaml").status == 0)
    #expect(!program.exists("big.txt"))
  }

  @Test(arguments: [
    (
      "  b: {from: a, command: {run: x, inputs: [t], outputs: [b]}}",
      "error: 't' of stage 'a' is temporary"
    ),
    ("  b: {command: {run: x, outputs: [b]}}", "warning: no stage reads 't', so that it stays"),
    (
      "  b: {command: {run: x, outputs: [{path: b, keep: true, temporary: true}]}}",
      "error: an output is either kept or temporary"
    ),
    ("  b: {command: {run: x, outputs: [{path: b, temprary: true}]}}", "did you mean 'temporary'?"),
    ("  b: {command: {run: x, outputs: [{keep: true}]}}", "the key 'path' is missing"),
    ("  b: {command: {run: x, outputs: [{path: ../b}]}}", "'../b' is outside"),
  ])
  func `mistakes are told`(stage: String, message: String) throws {
    let program = try program(
      "  a: {command: {run: x, outputs: [{path: t, temporary: true}]}}\n" + stage + "\n")
    let check = try program.run("check", "p.yaml")
    #expect(check.errors.contains(message), "\(check.errors)")
  }
}
