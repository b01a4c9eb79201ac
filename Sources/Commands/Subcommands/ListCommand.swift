internal import Diagnostics
internal import Pipeline
internal import YAML

/// `anneal list`: what a pipeline is made of, or which pipelines a folder has.
struct ListCommand: Command {
  var file: String?
  var changes = PipelineChanges()
  var json = false

  static let name = "list"
  static let summary = "Lists a pipeline's stages, profiles and variables."
  static let discussion =
    "In a folder with several pipelines, and without one being named, it lists the pipelines."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    changeOptions(\.changes)
    flag("json", \.json, "Print the lists as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let files = try PipelineSearch().files
    if file == nil, files.count > 1 { return listPipelines(files, console) }
    let loading = changes.loading(file)
    let code = loading.read(on: console) { () throws(Diagnostics) -> ExitCode in
      let listing = PipelineListing(try loading.load())
      if json {
        console.write(listing.value)
      } else {
        console.write(listing.table)
        for line in listing.remarks { console.write(line) }
      }
      return .done
    }
    return code ?? .wrong
  }

  private func listPipelines(_ files: [String], _ console: Console) -> ExitCode {
    let graphs = files.map { file in (file, try? changes.loading(file).load().graph) }
    if json {
      console.write(
        .array(
          graphs.map { file, graph in
            [
              "file": .string(file), "pipeline": graph.map { .string($0.name) } ?? .null,
              "stages": graph.map { .array($0.stages.map { .string($0) }) } ?? .null,
            ]
          }))
      return .done
    }
    console.write(
      TextTable(
        headings: ["file", "pipeline", "stages"],
        rows: graphs.map { file, graph in
          guard let graph else { return [file, "", "'anneal check \(file)' says what is wrong"] }
          return [file, graph.name, graph.stages.joined(separator: ", ")]
        }))
    return .done
  }
}

/// What a pipeline offers to be named on a command line.
struct PipelineListing {
  private let document: PipelineDocument

  init(_ document: PipelineDocument) {
    self.document = document
  }

  private struct Stage {
    let name: String
    let kind: String
    let instances: [String]
    let describe: String
  }

  private var stages: [Stage] {
    let grouped = Dictionary(grouping: document.graph.instances, by: \.stage)
    return document.graph.stages.compactMap { name in
      guard let instances = grouped[name], let first = instances.first else { return nil }
      return Stage(
        name: name, kind: first.kind, instances: instances.map(\.address),
        describe: first.describe)
    }
  }

  var table: TextTable {
    TextTable(
      headings: ["stage", "kind", "instances", "what it is"],
      rows: stages.map { stage in
        let several = stage.instances.count > 1 ? "\(stage.instances.count)" : ""
        return [stage.name, stage.kind, several, stage.describe]
      }, rightAligned: [2])
  }

  /// The profiles and the variables, where there are any.
  var remarks: [String] {
    var remarks: [String] = []
    if !document.profiles.isEmpty {
      remarks.append("profiles: " + document.profiles.joined(separator: ", "))
    }
    let variables = MetricsText.lines(document.variables).map { "\($0.0)=\($0.1)" }
    if !variables.isEmpty { remarks.append("variables: " + variables.joined(separator: ", ")) }
    return remarks.isEmpty ? [] : [""] + remarks
  }

  var value: Value {
    [
      "file": .string(document.graph.file), "pipeline": .string(document.graph.name),
      "stages": .array(
        stages.map { stage in
          [
            "name": .string(stage.name), "kind": .string(stage.kind),
            "instances": .array(stage.instances.map { .string($0) }),
            "describe": .string(stage.describe),
          ]
        }),
      "profiles": .array(document.profiles.map { .string($0) }), "variables": document.variables,
    ]
  }
}
