internal import Diagnostics
internal import Pipeline
internal import YAML

/// Finds where a symbol is defined and named, in all files that share it.
struct SymbolSearch {
  private let workspace: Workspace

  /// The file from which it is asked.
  private let path: String

  init(_ workspace: Workspace, from path: String) {
    self.workspace = workspace
    self.path = path
  }

  /// The places where a symbol is defined, as the pipelines of the file see it.
  func definitions(of symbol: Symbol) -> [Occurrence] {
    if case .file(let included) = symbol {
      let start = SourceRange(file: included, line: 1, column: 1)
      return workspace.outline(of: included) == nil ? [] : [Occurrence(symbol, at: start)]
    }
    return unique(
      workspace.pipelines(with: path).flatMap { pipeline -> [Occurrence] in
        let scope = Scope(workspace, pipeline)
        let wanted = scope.resolved(symbol)
        return scope.occurrences.filter { $0.isDefinition && $0.symbol == wanted }
      })
  }

  /// Every place where a symbol is named, in this file's pipelines and in all others that share one of
  /// these places.
  func occurrences(of symbol: Symbol) -> [Occurrence] {
    var pipelines = Set(workspace.pipelines(with: path))
    var found: [Occurrence] = []
    while true {
      found = pipelines.sorted().flatMap { pipeline in
        let scope = Scope(workspace, pipeline)
        let wanted = scope.resolved(symbol)
        return scope.occurrences.filter { scope.means($0.symbol, wanted) }
      }
      var files = Set(found.map(\.range.start.file))
      if case .file(let included) = symbol { files.insert(included) }
      let sharing = pipelines.union(workspace.pipelines(including: files))
      guard sharing != pipelines else { return unique(found) }
      pipelines = sharing
    }
  }

  private func unique(_ occurrences: [Occurrence]) -> [Occurrence] {
    var seen: Set<SourceRange> = []
    return occurrences.sorted { $0.range.start < $1.range.start }
      .filter { seen.insert($0.range).inserted }
  }
}

/// A pipeline with all of its files, within which a name means one thing.
private struct Scope {
  let occurrences: [Occurrence]
  private let stages: StageTable

  init(_ workspace: Workspace, _ pipeline: String) {
    let outlines = workspace.files(from: pipeline).compactMap { workspace.outline(of: $0) }
    occurrences = outlines.flatMap(\.occurrences)
    stages = StageTable(outlines)
  }

  /// Whether a symbol is one that is resolved already. Only names that agree are looked up.
  func means(_ symbol: Symbol, _ wanted: Symbol) -> Bool {
    if case .matrixValue(let name, _) = symbol, case .matrixValue(let sought, _) = wanted {
      return name == sought && resolved(symbol) == wanted
    }
    return symbol == wanted
  }

  /// The symbol with the stage whose matrix gives a value, where that is another than the one which
  /// mentions it.
  func resolved(_ symbol: Symbol) -> Symbol {
    guard case .matrixValue(let name, let stage) = symbol else { return symbol }
    let owner = stages.matrixNames(of: stage).first { $0.name == name }?.stage
    return .matrixValue(name, stage: owner ?? stage)
  }
}
