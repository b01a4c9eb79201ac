import Foundation
import Testing
import YAML

/// Trainings that would hold more than their stage may.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `Trainings short of memory` {
  private func program(batch: String) throws -> Program {
    let program = try Program()
    for (kind, grey) in [("dark", 40), ("light", 200)] {
      for index in 0..<24 {
        try program.writeImage(to: "images/\(kind)/\(index).png", grey: UInt8(grey + index))
      }
    }
    try program.write(
      """
      pipeline: short
      seed: 1
      stages:
        data: {load: {images: images, size: 128, split: {train: 70%, test: 30%}}}
        net:
          from: data
          memory: 360MiB
          threads: 1
          train: {model: {resnet: {depth: 14}}, epochs: 1, batch: \(batch)}
      """, to: "p.yaml")
    return program
  }

  /// Thirty-two rows at once would hold half a gibibyte.
  @Test func `compute values again, or fewer rows at once, and are repeated so`() throws {
    let program = try program(batch: "auto")
    let ending = try program.run("run", "p.yaml", "--stage-log", "net")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.contains("with activation checkpointing of 360 MiB of memory"))
    let verified = try program.run("verify", "p.yaml", "net")
    #expect(verified.status == 0, "\(verified.errors)")
  }
}
