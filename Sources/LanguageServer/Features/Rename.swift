internal import Diagnostics
internal import Pipeline
internal import YAML

/// Gives a stage or a variable another name, everywhere.
enum Rename: Feature {
  static let method = "textDocument/rename"

  static func capabilities(_ client: ClientCapabilities) -> Value {
    ["renameProvider": ["prepareProvider": true]]
  }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    guard let occurrence = request.outline.occurrence(at: try request.offset),
      let named = Renamed(occurrence.symbol)
    else { throw ResponseError(.requestFailed, Renamed.nothing) }
    guard let name = request.parameters["newName"]?.string else {
      throw ResponseError(.invalidParameters, "the request gives no 'newName'")
    }
    let search = SymbolSearch(request.workspace, from: request.path)
    if let problem = NameRule.problem(with: name, noun: named.noun, at: occurrence.range) {
      throw ResponseError(.requestFailed, problem.sentence)
    }
    let places = search.occurrences(of: named.symbol)
    guard
      name == named.name
        || !search.occurrences(of: named.other(name)).contains(where: \.isDefinition)
    else { throw ResponseError(.requestFailed, "there is a \(named.noun) '\(name)' already") }
    var edit = WorkspaceEdit(request.workspace)
    for place in places { try replace(place, named, name, in: &edit, request.workspace) }
    return edit.value(for: request.client)
  }

  private static func replace(
    _ place: Occurrence, _ named: Renamed, _ name: String, in edit: inout WorkspaceEdit,
    _ workspace: Workspace
  ) throws(ResponseError) {
    let path = place.range.start.file
    guard let outline = workspace.outline(of: path) else { return }
    guard outline.isReadable else {
      throw ResponseError(
        .requestFailed, "'\(path)' cannot be read as YAML; mend it before anything is renamed")
    }
    let range = outline.text.bytes(of: place.range)
    guard outline.text.string(range) == place.spelling.text(of: named.name) else {
      throw ResponseError(
        .requestFailed,
        "'\(named.name)' is written with escapes at \(place.range.start); write it plainly first")
    }
    edit.replace(outline.text.range(range), in: path, with: place.spelling.text(of: name))
  }
}

/// Says whether something at a place can be given another name.
enum RenamePreparation: Feature {
  static let method = "textDocument/prepareRename"

  static func capabilities(_ client: ClientCapabilities) -> Value { [:] }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    guard let occurrence = request.outline.occurrence(at: try request.offset),
      let named = Renamed(occurrence.symbol)
    else { return .null }
    return [
      "range": request.text.range(of: occurrence.range).value, "placeholder": .string(named.name),
    ]
  }
}

/// What can be renamed.
private struct Renamed {
  let symbol: Symbol
  let name: String
  let noun: String

  static let nothing = "there is no stage or variable here that could be renamed"

  init?(_ symbol: Symbol) {
    self.symbol = symbol
    switch symbol {
    case .stage(let name): (self.name, noun) = (name, "stage")
    case .variable(let name): (self.name, noun) = (name, "variable")
    case .matrixValue, .environment, .file: return nil
    }
  }

  func other(_ name: String) -> Symbol {
    if case .stage = symbol { .stage(name) } else { .variable(name) }
  }
}

extension Occurrence.Spelling {
  /// A name as it is written in such a place.
  fileprivate func text(of name: String) -> String {
    switch self {
    case .plain: name
    case .inputVariable:
      String(InputVariable.name(for: name).dropFirst(InputVariable.name(for: "").count))
    }
  }
}

extension Diagnostic {
  /// The fact and its remedies in one line.
  var sentence: String { ([message] + notes.map(\.message)).joined(separator: "; ") }
}
