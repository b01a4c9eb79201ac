internal import YAML

/// A request about a document that the server answers.
///
/// A further feature is a type in a file of its own and a line in `Server.features`.
protocol Feature: Sendable {
  /// The protocol's name of the request.
  static var method: String { get }

  /// What has to be known of the document's pipelines before it is answered.
  static var need: Need { get }

  /// What the server says in `initialize` of its having it; nothing where the client has no use for it.
  static func capabilities(_ client: ClientCapabilities) -> Value

  /// Whether what was found out of an earlier text will do where the newest takes longer than a moment:
  /// the answer is looked at once, or the client asks again when there is more to be told.
  static func takesEarlier(_ client: ClientCapabilities) -> Bool

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value
}

/// What an answer waits for.
enum Need: Int, Comparable {
  case nothing
  /// The newest check of the document's pipelines.
  case analysis
  /// Beside that, how their stages stand.
  case status

  static func < (left: Need, right: Need) -> Bool { left.rawValue < right.rawValue }
}

extension Feature {
  static var need: Need { .nothing }
  static func takesEarlier(_ client: ClientCapabilities) -> Bool { false }
}

/// A request about a document, with all that an answer may look at.
struct DocumentRequest {
  let document: OpenDocument
  let parameters: Value
  let workspace: Workspace
  let client: ClientCapabilities
  let surroundings: Surroundings

  /// The newest results of checking the document's pipelines, which may be of earlier texts.
  let analyses: [PipelineAnalysis]

  /// How the stages of these pipelines stand, as far as that was found out.
  let surveys: [String: StatusSurvey]

  var path: String { document.path }
  var text: DocumentText { document.text }

  /// The document as it stands.
  var outline: FileOutline {
    workspace.outline(of: path) ?? FileOutline(text, path: path)
  }

  /// The byte of the text that the request is about.
  var offset: Int {
    get throws(ResponseError) { text.offset(of: try TextPosition(parameters["position"])) }
  }
}
