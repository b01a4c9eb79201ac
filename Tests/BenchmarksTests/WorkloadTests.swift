import Testing

@testable import Benchmarking

struct `Workloads` {
  @Test(arguments: [
    (Workload.Shape.wide, ["", "", ""]),
    (.chain, ["", "s00000", "s00001"]),
    (.diamonds, ["", "s00000", "s00000", "s00001 s00002", "s00003", "s00003", "s00004 s00005"]),
  ])
  func `have the shape that they are named after`(shape: Workload.Shape, upstream: [String]) {
    let stages = Workload(shape: shape, count: upstream.count).stages
    #expect(stages.map { $0.upstream.joined(separator: " ") } == upstream)
  }

  private let python = PeerPython(executable: "python")

  @Test func `are written as Anneal reads them`() {
    let files = Anneal(executable: "anneal").files(for: Workload(shape: .diamonds, count: 4))
    #expect(
      files == [
        "pipeline.yaml": """
        pipeline: diamonds
        stages:
          s00000:
            command:
              run: cp source.txt out/s00000.txt
              inputs: [source.txt]
              outputs: [out/s00000.txt]
          s00001:
            from: [s00000]
            command:
              run: cp "$ANNEAL_INPUT_S00000/out/s00000.txt" out/s00001.txt
              outputs: [out/s00001.txt]
          s00002:
            from: [s00000]
            command:
              run: cp "$ANNEAL_INPUT_S00000/out/s00000.txt" out/s00002.txt
              outputs: [out/s00002.txt]
          s00003:
            from: [s00001, s00002]
            command:
              run: cp "$ANNEAL_INPUT_S00001/out/s00001.txt" out/s00003.txt
              outputs: [out/s00003.txt]

        """
      ])
  }

  @Test func `are written as DVC reads them`() {
    #expect(
      DVC(python: python).files(for: .wide(2)) == [
        "dvc.yaml": """
        stages:
          s00000:
            cmd: cp source.txt out/s00000.txt
            deps: [source.txt]
            outs: [out/s00000.txt]
          s00001:
            cmd: cp source.txt out/s00001.txt
            deps: [source.txt]
            outs: [out/s00001.txt]

        """
      ])
  }

  @Test func `run the same shell line with every tool`() {
    let python = python
    let tools: [any Tool] = [BareShell(), Snakemake(python: python), Luigi(python: python)]
    for tool in tools {
      let texts = tool.files(for: .wide(3)).values
      #expect(texts.allSatisfy { $0.contains("cp source.txt ") }, "\(tool.name)")
    }
  }
}
