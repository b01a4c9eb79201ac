import FoundationEssentials
import Testing

@testable import Hardware

@Suite struct HardwareTests {
  @Test(arguments: [("cpu", Device.cpu), ("cuda", .cuda(0)), ("cuda:3", .cuda(3)), ("tpu", .tpu)])
  func `reads devices by name`(text: String, device: Device) throws {
    #expect(Device(text) == device)
    let coded = try JSONEncoder().encode([device])
    #expect(try JSONDecoder().decode([Device].self, from: coded) == [device])
  }

  @Test(arguments: ["", "CPU", "cuda:", "cuda:-1", "cuda:+1", "cuda:x", "gpu", "cuda:1 "])
  func `refuses other names`(text: String) {
    #expect(Device(text) == nil)
  }

  @Test(arguments: [
    ("sse4_2 avx2", InstructionSet.baseline), ("avx2 fma", .avx2), ("avx2 fma avx_vnni", .avx2VNNI),
    ("avx2 fma avx512f avx512bw avx512cd avx512dq avx512vl", .avx512),
    ("avx2 fma avx512f avx512bw avx512cd avx512dq avx512vl avx512_vnni avx512_bf16", .avx512BF16),
  ])
  func `names the highest complete instruction set`(flags: String, level: InstructionSet) {
    #expect(InstructionSet(flags: Set(flags.split(separator: " ").map(String.init))) == level)
  }

  @Test func `orders instruction sets`() {
    #expect(InstructionSet.allCases == InstructionSet.allCases.sorted())
    #expect(InstructionSet.avx2 < .avx512)
  }

  @Test func `computes natively what the flags say`() {
    let plain = Machine(cores: 2, memory: 1, features: ["avx2", "fma"])
    #expect(Precision.allCases.filter { plain.computes($0, on: .cpu) } == [.fp32])
    let rich = Machine(cores: 2, memory: 1, features: ["avx512_bf16", "avx512_vnni"])
    #expect(Precision.allCases.filter { rich.computes($0, on: .cpu) } == [.fp32, .bf16, .int8])
    #expect(!rich.computes(.fp32, on: .cuda(0)))
  }

  @Test(arguments: [
    (0x15f0, GPUGeneration.early), (0x1db6, .volta), (0x1eb8, .turing), (0x20b0, .ampere),
    (0x2182, .turing), (0x2236, .ampere), (0x2330, .hopper), (0x2684, .ada), (0x2901, .blackwell),
  ])
  func `tells the generation of a GPU by its identifier`(
    identifier: Int, is expected: GPUGeneration
  ) {
    #expect(GPUGeneration(deviceIdentifier: identifier) == expected)
  }

  @Test func `describes this machine within reason`() {
    let machine = Machine.current()
    #expect(machine.cores >= 1 && machine.physicalCores >= 1)
    #expect(machine.physicalCores <= machine.cores)
    #expect(machine.memory > 1 << 20)
    #expect(machine.searches.map(\.subject) == ["NVIDIA GPU", "TPU"])
  }
}
