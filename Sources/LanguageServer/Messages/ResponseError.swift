internal import YAML

/// Why a request is not answered with a result, as JSON-RPC and the Language Server Protocol number it.
struct ResponseError: Error, Hashable, Sendable {
  enum Code: Int, Sendable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParameters = -32602
    case serverNotInitialized = -32002
    case requestFailed = -32803
    case contentModified = -32801
    case requestCancelled = -32800
  }

  let code: Code

  /// A fact for people.
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  var value: Value { ["code": .int(code.rawValue), "message": .string(message)] }

  static let contentModified = ResponseError(
    .contentModified, "the text changed while the answer was worked out")
  static let cancelled = ResponseError(.requestCancelled, "the request was cancelled")
}
