internal import YAML

/// Where the client shows how stages stand.
enum StatusDisplay: String {
  /// Above each stage.
  case lenses
  /// Behind each stage's name.
  case hints
  /// Only where somebody points at a stage.
  case hover
  /// Nowhere, so that stores are never looked at.
  case nowhere = "none"

  /// As the client asks for it, otherwise in the first of these ways that it knows.
  init(_ options: Value?, for client: ClientCapabilities) {
    if let wanted = options?["status"]?.string.flatMap(Self.init) {
      self = wanted
    } else {
      self = client.hasCodeLenses ? .lenses : client.hasInlayHints ? .hints : .hover
    }
  }
}
