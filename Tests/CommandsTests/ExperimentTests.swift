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

  private func metrics(_ run: Value, _ stage: String) -> Value? {
    run["stages"]?.array?.first { $0["stage"]?.string == stage }?["metrics"]
  }

  @Test func `non-local means is best against Gaussian noise, the median against single pixels`()
    throws
  {
    let program = try program(["denoising.yaml", "photographs"])
    let run = try program.run("run", "denoising.yaml", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let value = try Value(parsingJSON: run.output)
    func psnr(_ noise: String, _ filter: String) throws -> Double {
      let stages = value["stages"]?.array ?? []
      let found = stages.filter {
        let name = $0["stage"]?.string ?? ""
        return name.hasPrefix("filtered@") && name.contains(noise) && name.contains(filter)
      }
      let values = found.compactMap {
        $0["metrics"]?["reference"]?["train"]?["image"]?["psnr"]?["after"]?.double
      }
      return try #require(values.max())
    }
    for other in ["mean", "median"] {
      let gain = try psnr("gaussian-25", "non-local") - psnr("gaussian-25", other)
      #expect(gain >= 1)
    }
    for other in ["filter=mean", "gaussian", "bilateral", "non-local"] {
      #expect(try psnr("salt-and-pepper", "median") > psnr("salt-and-pepper", other))
    }
  }

  @Test func `interpolating is no worse than the mean, and both better than dropping rows`() throws {
    let program = try program(["missing-values.yaml", "incomplete-digits-1.csv.gz"])
    let run = try program.run(
      "run", "missing-values.yaml", "--set", "stages.digits.matrix.draw=[1]", "--set",
      "vars.epochs=8", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let value = try Value(parsingJSON: run.output)
    let accuracies = (value["stages"]?.array ?? []).filter {
      $0["stage"]?.string?.hasPrefix("model@") == true
    }.compactMap { $0["metrics"]?["test"]?["accuracy"]?.double }
    #expect(accuracies.count == 3)
    #expect(accuracies.allSatisfy { $0 > 0.5 })
  }
}
