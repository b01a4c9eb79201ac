import CFuzzer
import Diagnostics
import Glibc
import Pipeline
import Stages
import YAML

/// Feeds hostile texts to everything between YAML and the graph; see `Tests/Campaigns/fuzz`.
@main
enum Fuzz {
  static func main() {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
      unsafe CommandLine.unsafeArgv
    let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
      Fuzz.check(unsafe Array(UnsafeBufferPointer(start: bytes, count: size)))
      return 0
    }
    exit(status)
  }

  /// Reads one input as a pipeline and shows what is wrong with it, with and without its profiles.
  private static func check(_ input: [UInt8]) {
    let files = files(in: input)
    guard let profiles = read(files, profiles: []), let first = profiles.first else { return }
    _ = read(files, profiles: [first, profiles[profiles.count - 1]])
  }

  /// - Returns: the profiles that the pipeline offers, where it is right.
  private static func read(_ files: [String: [UInt8]], profiles: [String]) -> [String]? {
    do throws(Diagnostics) {
      let document = try PipelineDocument(
        parsing: files["p.yaml"] ?? [], path: "p.yaml", profiles: profiles,
        overrides: [], environment: ["HOME": "/root", "EPOCHS": "3"], catalog: .standard,
        source: .texts(files))
      show(document.graph.warnings, files)
      precondition(document.graph.instances.count <= document.graph.value.description.utf8.count)
      return document.profiles
    } catch {
      precondition(error.hasErrors, "a pipeline is refused without an error")
      show(error, files)
      return nil
    }
  }

  private static func show(_ problems: Diagnostics, _ files: [String: [UInt8]]) {
    let renderer = DiagnosticRenderer(
      sources: files.mapValues { String(decoding: $0, as: UTF8.self) })
    precondition(problems.isEmpty || !renderer.render(problems).isEmpty)
  }

  /// The pipeline's text, and behind lines of `====` those of `a.yaml`, `b.yaml` and so on.
  private static func files(in input: [UInt8]) -> [String: [UInt8]] {
    var parts: [[UInt8]] = [[]]
    for line in input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.starts(with: "====".utf8), parts.count < 8 {
        parts.append([])
      } else {
        parts[parts.count - 1] += line + [UInt8(ascii: "\n")]
      }
    }
    let names = ["p", "a", "b", "c", "d", "e", "f", "g"]
    return Dictionary(uniqueKeysWithValues: zip(names.map { $0 + ".yaml" }, parts))
  }
}
