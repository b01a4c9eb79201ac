internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import YAML

/// What is to be said about a stage, a variable or another name.
struct NameHover {
  private let request: DocumentRequest

  init(_ request: DocumentRequest) {
    self.request = request
  }

  func text(on occurrence: Occurrence) -> String? {
    switch occurrence.symbol {
    case .stage(let name): StageHover(name, request).text
    case .variable(let name): value("vars.\(name)", on: occurrence, stage: nil)
    case .environment(let name): value("env.\(name)", on: occurrence, stage: nil)
    case .matrixValue(let name, let stage):
      value("matrix.\(name)", on: occurrence, stage: stage)
    case .file(let path): file(path)
    }
  }

  /// A reference and its value: that of the part which the whole reference means.
  private func value(_ name: String, on occurrence: Occurrence, stage: String?) -> String? {
    let written = request.text.string(request.text.bytes(of: occurrence.extent))
    let reference =
      TemplatePart.parts(of: written).lazy.compactMap { part -> Reference? in
        if case .reference(let reference) = part { reference } else { nil }
      }.first ?? Reference(naming: name)
    let values = FilledValues(request, stage: stage) { $0.value(of: reference) }
    return values.text.map { "**\(reference.text)** = \($0)" }
  }

  private func file(_ path: String) -> String? {
    guard let outline = request.workspace.outline(of: path) else { return nil }
    let names = outline.stages.map(\.key)
    let stages = names.isEmpty ? "" : "\n\nStages: \(names.prefix(20).joined(separator: ", "))"
    return "**\(path.lastName)**" + stages
  }
}

extension Reference {
  /// A reference by what stands between its braces.
  fileprivate init(naming name: String) {
    guard case .reference(let reference) = TemplatePart.parts(of: "${\(name)}")[0] else {
      preconditionFailure("'\(name)' is no name")
    }
    self = reference
  }
}
