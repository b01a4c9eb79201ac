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

  /// As the client asks for it, otherwise in lenses unless it says to know hints alone. Clients that say
  /// nothing of either may well have lenses, as Neovim 0.7 does.
  init(_ options: Value?, for client: ClientCapabilities) {
    if let wanted = options?["status"]?.string.flatMap(Self.init) {
      self = wanted
    } else {
      self = client.hasInlayHints && !client.hasCodeLenses ? .hints : .lenses
    }
  }
}
