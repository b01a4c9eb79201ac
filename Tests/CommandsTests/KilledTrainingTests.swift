import Foundation
import Processes
import Testing
import YAML

/// A training that was killed goes on where its last state was kept, and ends with the same bits.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `A killed training` {
  private static let rows =
    "kind,"
    + (0..<36).map { "pixel_\($0)" }.joined(separator: ",") + "\n"
    + (0..<240).map { row in
      let kind = row * 7 % 3
      let pixels = (0..<36).map { place in
        let stripe = [place / 6, place % 6, place / 6 + place % 6][kind]
        return "\((stripe + row) % 2 * 160 + row * place * 31 % 90)"
      }
      return (["\("abc".dropFirst(kind).prefix(1))"] + pixels).joined(separator: ",")
    }.joined(separator: "\n") + "\n"

  private static func pipeline(_ more: String, precision: String = "fp32") -> String {
    """
    pipeline: p
    seed: 3
    stages:
      rows:
        load:
          csv: d.csv
          target: kind
          features: {image: {columns: pixel_*, height: 6, width: 6}}
      scaled: {from: rows, normalize: z-score}
      varied: {from: scaled, augment: [{crop: {padding: 1}}, {noise: {deviation: 0.1}}]}
      net:
        from: varied
        precision: \(precision)
        threads: 1
        train: {model: {cnn: {channels: [4, 8], batch-norm: true, dropout: 0.2}}, batch: 16, \(more)}
    """
  }

  /// Every option that has a memory of its own, killed by SIGKILL in its third epoch.
  @Test(arguments: ["fp32", "bf16"])
  func `ends with the same bits`(precision: String) throws {
    let options = """
      epochs: 8, checkpoint: 0s, ema: 0.95, early-stop: 6, accumulate: 2, class-weights: balanced,
      label-smoothing: 0.05, schedule: {plateau: {patience: 1}}, gradient-clip: {norm: 1}
      """
    let program = try Program()
    try program.write(Self.rows, to: "d.csv")
    try program.write(Self.pipeline(options, precision: precision), to: "p.yaml")
    let ending = try program.run(
      ["run", "p.yaml", "--verbose"], sending: [("epoch 2:", SIGKILL)])
    #expect(ending.status == SIGKILL, "\(ending.errors)")
    let again = try program.run("run", "p.yaml", "--verbose")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("continues after "), "\(again.errors)")
    // Trains from the beginning with what the first steps chose, and compares every bit.
    let verified = try program.run("verify", "p.yaml", "net", "--verbose")
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(!verified.errors.contains("continues after "), "\(verified.errors)")
  }

  /// Where states are kept decides on no result.
  @Test func `is none that another interval of states would run again`() throws {
    let program = try Program()
    try program.write(Self.rows, to: "d.csv")
    try program.write(Self.pipeline("epochs: 1"), to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    try program.write(Self.pipeline("epochs: 1, checkpoint: 1m"), to: "p.yaml")
    let status = try program.run("status", "p.yaml")
    #expect(!status.output.contains("epochs") && status.output.contains("nothing changed"))
    #expect(status.output.matches(of: /up to date/).count == 4, "\(status.output)")
    #expect(try program.run("run", "p.yaml", "--locked").status == 0)
  }
}
