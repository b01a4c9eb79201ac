import Foundation
import Testing
import YAML

/// How commands find what upstream stages made.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Variables for the inputs of a command` {
  @Test func `are named after the stage, in every instance and for whichever is picked`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        my-data:
          matrix: {w: [1, 22]}
          command: {run: "echo ${matrix.w} > w${matrix.w}", outputs: ["w${matrix.w}"]}
        each:
          from: my-data
          command: {run: "cat $ANNEAL_INPUT_MY_DATA/w* > e${matrix.w}", outputs: ["e${matrix.w}"]}
        best:
          from: {stage: my-data, pick: {max: bytes}}
          command: {run: "cat $ANNEAL_INPUT_MY_DATA/w* > best", outputs: [best]}
        narrow:
          from: [my-data@w=1, {stage: each, pick: {min: bytes}}]
          command: {run: "cat $ANNEAL_INPUT_MY_DATA/w1 $ANNEAL_INPUT_EACH/e* > n", outputs: [n]}
      """, to: "p.yaml")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.text("e1") == "1\n" && program.text("e22") == "22\n")
    #expect(try program.text("best") == "22\n" && program.text("n") == "1\n1\n")
  }

  /// Which stage has which name is what the command reads, so it counts.
  @Test func `lead to the artifacts of the stages that have the names now`() throws {
    let program = try Program()
    let pipeline = """
      pipeline: p
      stages:
        a: {command: {run: echo 1 > one.txt, outputs: [one.txt]}}
        b: {command: {run: echo 2 > two.txt, outputs: [two.txt]}}
        c: {from: [a, b], command: {run: cat $ANNEAL_INPUT_A/*.txt > c.txt, outputs: [c.txt]}}
      """
    try program.write(pipeline, to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("c.txt") == "1\n")
    try program.write(
      pipeline.replacing("a: {com", with: "x: {com").replacing("b: {com", with: "a: {com")
        .replacing("x: {com", with: "b: {com").replacing("[a, b]", with: "[b, a]"), to: "p.yaml")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.text("c.txt") == "2\n")
  }

  @Test func `are held apart`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        a-b: {command: {run: echo > a, outputs: [a]}}
        A_b: {command: {run: echo > b, outputs: [b]}}
        m: {matrix: {w: [1, 2]}, command: {run: "echo > m${matrix.w}", outputs: ["m${matrix.w}"]}}
        twice: {from: [a-b, a-b], command: {run: echo > t, outputs: [t]}}
        both: {from: [a-b, m, A_b], command: {run: "echo > c${matrix.w}", outputs: ["c${matrix.w}"]}}
        picks:
          from: [{stage: m, pick: {max: bytes}}, {stage: m, pick: {min: bytes}}]
          command: {run: echo > d, outputs: [d]}
      """, to: "p.yaml")
    let ending = try program.run("check", "p.yaml")
    #expect(ending.status != 0)
    #expect(
      ending.errors == """
        p.yaml:7:25: error: 'a-b' and 'A_b' would both be '$ANNEAL_INPUT_A_B'
          both: {from: [a-b, m, A_b], command: {run: "echo > c${matrix.w}", outputs: ["c${matrix.w}"]}}
                                ^~~
        note: rename one of them; capitals, '-' and '_' do not tell variables apart
        p.yaml:9:52: error: two inputs from 'm' would both be '$ANNEAL_INPUT_M'
            from: [{stage: m, pick: {max: bytes}}, {stage: m, pick: {min: bytes}}]
                                                           ^
        note: read one of them through a stage of its own

        """)
  }
}
