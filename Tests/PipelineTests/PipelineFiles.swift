import Diagnostics
import Foundation
import Pipeline
import TestSupport

/// The files of a golden case: `p.yaml`, and others behind lines such as `==== lib/data.yaml`, read with
/// the `--profile` and `--set` arguments at the end of the case's title.
struct PipelineFiles {
  var texts: [String: String]
  private let profiles: [String]
  private let overrides: [String]

  init(_ item: GoldenCases.Case) {
    var texts: [String: String] = [:]
    var name = "p.yaml"
    for line in item.input.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("==== ") {
        name = String(line.dropFirst(5))
        texts[name] = ""
      } else {
        texts[name, default: ""] += line + "\n"
      }
    }
    // What follows the last line break is no line of its own.
    texts[name]?.removeLast()
    self.texts = texts
    let sets = item.title.components(separatedBy: " --set ")
    overrides = Array(sets.dropFirst())
    profiles = Array(sets[0].components(separatedBy: " --profile ").dropFirst())
  }

  /// The texts that places point into.
  var sources: [String: String] {
    texts.merging([
      "--set": overrides.joined(separator: "\n"), "--profile": profiles.joined(separator: "\n"),
    ]) { first, _ in first }
  }

  var source: PipelineSource { .texts(texts.mapValues { Array($0.utf8) }) }

  /// What can be made out, right or wrong.
  var reading: PipelineReading {
    PipelineReading(
      parsing: Array((texts["p.yaml"] ?? "").utf8), path: "p.yaml", profiles: profiles,
      overrides: overrides, catalog: fakeCatalog, source: source)
  }

  func document(environment: [String: String]) throws(Diagnostics) -> PipelineDocument {
    try PipelineDocument(
      parsing: Array((texts["p.yaml"] ?? "").utf8), path: "p.yaml", profiles: profiles,
      overrides: overrides, environment: environment.merging(["HOME": "/root"]) { own, _ in own },
      catalog: fakeCatalog, source: .texts(texts.mapValues { Array($0.utf8) }))
  }
}
