import Foundation
import Testing
import YAML

/// The pipelines of `pipelines/experiments`, at the size of a test.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct ExperimentTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../pipelines/experiments").standardized.path

  /// Copies an experiment into a folder of its own.
  private func program(_ names: [String]) throws -> Program {
    let program = try Program()
    for name in names {
      try FileManager.default.copyItem(
        atPath: Self.folder + "/" + name, toPath: program.folder + "/" + name)
    }
    return program
  }

  @Test func `non-local means is best against Gaussian noise, the median against single pixels`()
    throws
  {
    let program = try program(["denoising.yaml", "photographs"])
    let run = try program.run("run", "denoising.yaml", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let value = try Value(parsingJSON: run.output)
    func psnr(_ filter: String, _ noise: String) throws -> Double {
      let address = "\(filter)@noise=\(noise)"
      let stage = value["stages"]?.array?.first { $0["address"]?.string == address }
      let psnr = stage?["metrics"]?["reference"]?["train"]?["image"]?["psnr"]
      return try #require(psnr?["after"]?.double)
    }
    for other in ["mean-3", "mean-5", "median-3", "median-5"] {
      let gain = try psnr("non-local-means", "gaussian-25") - psnr(other, "gaussian-25")
      #expect(gain >= 1)
    }
    for other in ["mean-3", "mean-5", "gaussian", "bilateral", "non-local-means"] {
      let gain = try psnr("median-3", "salt-and-pepper") - psnr(other, "salt-and-pepper")
      #expect(gain >= 1)
    }
  }

  @Test func `a teacher tells a small network of rows without labels`() throws {
    let files = ["labelled", "rest", "test"].map { "few-labels-1-\($0).csv.gz" }
    let program = try program(["few-labels.yaml"] + files)
    let run = try program.run(
      "run", "few-labels.yaml", "alone", "with-rest", "--set", "vars.draws=[1]", "--set",
      "vars.epochs=20", "--set", "stages.alone.train.epochs=100", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let value = try Value(parsingJSON: run.output)
    func accuracy(_ stage: String) throws -> Double {
      let record = value["stages"]?.array?.first { $0["address"]?.string == "\(stage)@draw=1" }
      return try #require(record?["metrics"]?["test"]?["accuracy"]?.double)
    }
    #expect(try accuracy("with-rest") > accuracy("alone") + 0.03)
  }

  @Test func `interpolating is no worse than the mean, and both better than dropping rows`() throws
  {
    let program = try program(["missing-values.yaml", "incomplete-digits-1.csv.gz"])
    let run = try program.run(
      "run", "missing-values.yaml", "--set", "stages.digits.matrix.draw=[1]", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let value = try Value(parsingJSON: run.output)
    func accuracy(_ missing: String) throws -> Double {
      let stage = value["stages"]?.array?.first {
        $0["address"]?.string == "model@draw=1,missing=\(missing)"
      }
      return try #require(stage?["metrics"]?["test"]?["accuracy"]?.double)
    }
    // Other processors give other last digits.
    #expect(try accuracy("mean") > accuracy("drop") + 0.03)
    #expect(try accuracy("linear") > accuracy("mean") - 0.01)
  }
}
