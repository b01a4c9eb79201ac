import Artifacts
import Foundation
import Hardware
import Pipeline
import Planning
import Records
import Running
import Workers
import Stages
import Testing

/// A convolution and a linear layer trained by stochastic gradient descent in real workers.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Portable numerics` {
  private static let features: [InstructionSet] = [.avx2, Machine.current().instructionSet]

  /// The variables with which a caller could try to have it otherwise.
  private static let meddling = [
    "OMP_NUM_THREADS": "2", "MKL_NUM_THREADS": "2", "OMP_DYNAMIC": "TRUE",
    "ATEN_CPU_CAPABILITY": "avx512", "ONEDNN_MAX_CPU_ISA": "ALL", "DNNL_MAX_CPU_ISA": "ALL",
    "MKL_ENABLE_INSTRUCTIONS": "AVX512", "ONEDNN_DEFAULT_FPMATH_MODE": "ANY",
  ]

  @Test func `are the same bits for one and two cores, AVX2 and the most this machine has`()
    async throws
  {
    let program = try Self.program()
    var outputs: [String: Digest] = [:]
    for level in Self.features {
      for cores in [1, 2] {
        outputs["\(level.rawValue), \(cores) cores"] = try await Self.train(
          program, "portable", level, cores: cores)
      }
    }
    outputs["meddled with"] = try await Self.train(
      program, "portable", Self.features[1], cores: 2, environment: Self.meddling)
    print("portable numerics compared: \(outputs.keys.sorted().joined(separator: "; "))")
    #expect(Set(outputs.values).count == 1, "\(outputs)")
  }

  @Test(.enabled(if: Machine.current().instructionSet >= .avx512, "this machine has no AVX-512"))
  func `would differ without being asked for`() async throws {
    let program = try Self.program()
    let narrow = try await Self.train(program, "native", .avx2, cores: 1)
    let wide = try await Self.train(program, "native", Self.features[1], cores: 1)
    #expect(narrow != wide)
  }

  @Test(arguments: [
    ("threads: 2", "portable numerics are computed by one thread, and the stage asks for 2"),
    ("precision: bf16", "portable numerics are computed in fp32, and the stage asks for bf16"),
  ])
  func `refuse a stage that asks for what does not travel`(request: String, message: String) throws
  {
    let program = try Self.program()
    try program.write(Self.pipeline("portable") + "    \(request)\n", to: "p.yaml")
    let ending = try program.run("run", "p.yaml")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("error: " + message), "\(ending.errors)")
    #expect(!program.exists("p.lock.yaml"))
  }

  private static func pipeline(_ numerics: String) -> String {
    """
    pipeline: p
    seed: 5
    numerics: \(numerics)
    stages:
      rows:
        load:
          csv: rows.csv
          target: label
          features: {image: {columns: pixel_*, height: 8, width: 8}}
          split: {train: 80%, validation: 20%}
      model:
        from: rows
        train:
          model: {cnn: {channels: [16, 32]}}
          optimizer: sgd
          batch: 20
          epochs: 3

    """
  }

  /// 96 pictures of stripes, upright or level, that no two are alike.
  private static func program() throws -> Program {
    let program = try Program()
    let names = (0..<64).map { "pixel_\($0)" }.joined(separator: ",")
    let rows = (0..<96).map { row in
      let pixels = (0..<64).map { place in
        let stripe = (row.isMultiple(of: 2) ? place % 8 : place / 8) % 3 == row % 3
        return "\((stripe ? 200 : 20) + (row * 7 + place * 13) % 40)"
      }
      return pixels.joined(separator: ",") + (row.isMultiple(of: 2) ? ",upright" : ",level")
    }
    try program.write(([names + ",label"] + rows).joined(separator: "\n") + "\n", to: "rows.csv")
    return program
  }

  /// Trains as on a machine with some level and cores, in a store of its own.
  private static func train(
    _ program: Program, _ numerics: String, _ level: InstructionSet, cores: Int,
    environment: [String: String] = [:]
  ) async throws -> Digest {
    try program.write(pipeline(numerics), to: "p.yaml")
    let graph = try PipelineDocument(
      reading: program.folder + "/p.yaml", catalog: .standard
    ).graph
    let store = try Store(opening: program.folder + "/store-\(UUID())")
    // Without bf16, which only some processors multiply.
    let flags = level.requiredFlags.subtracting(["avx512_bf16", "amx_bf16"])
    let machine = Machine(cores: cores, memory: 4 << 30, features: flags)
    let plan = try Planner(machine: machine).plan(graph)
    let inherited = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    let workers = WorkerPool(
      launch: WorkerLaunch(executable: Program.path, environment: inherited))
    let summary = await Runner(
      RunRequest(graph: graph, plan: plan, store: store), executor: workers,
      ledger: try Ledger(opening: store)
    ).run()
    await workers.shutDown()
    return try #require(summary["model"]?.result?.output, "\(summary)")
  }
}
