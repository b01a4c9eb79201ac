internal import Diagnostics
internal import YAML

/// A JSON-RPC message from the client.
enum Message: Hashable, Sendable {
  case request(id: Value, method: String, parameters: Value)
  case notification(method: String, parameters: Value)
  /// The answer to a request of the server's.
  case response(id: Value, result: Value?)
  /// What is no message, with the identifier that the answer has to carry.
  case refused(id: Value, ResponseError)

  /// Reads the content of a frame.
  init(_ found: FrameReader.Found) {
    switch found {
    case .fault(let fact): self = .refused(id: .null, ResponseError(.parseError, fact))
    case .content(let bytes):
      do throws(Diagnostic) {
        self.init(try Value(parsingJSON: bytes, file: "<message>"))
      } catch {
        let place = error.location.map { " at byte \($0.column) of line \($0.line)" } ?? ""
        self = .refused(
          id: .null, ResponseError(.parseError, "the content is not JSON: \(error.message)\(place)")
        )
      }
    }
  }

  init(_ value: Value) {
    guard let members = value.object else {
      self.init(refusing: .null, "a message is an object; several at once are not taken")
      return
    }
    let id = members["id"]
    guard id.map(Self.isIdentifier) ?? true else {
      self.init(refusing: .null, "the 'id' is neither a whole number nor a text")
      return
    }
    guard let method = members["method"] else {
      guard let id, members["result"] != nil || members["error"] != nil else {
        self.init(refusing: id ?? .null, "the message names no method")
        return
      }
      self = .response(id: id, result: members["result"])
      return
    }
    let parameters = members["params"] ?? [:]
    guard let name = method.string, members["jsonrpc"] == "2.0" else {
      self.init(refusing: id ?? .null, "the message is not one of JSON-RPC 2.0")
      return
    }
    guard parameters.object != nil || parameters.array != nil || parameters.isNull else {
      self.init(refusing: id ?? .null, "the 'params' are neither an object nor a list")
      return
    }
    self =
      id.map { .request(id: $0, method: name, parameters: parameters) }
      ?? .notification(method: name, parameters: parameters)
  }

  private init(refusing id: Value, _ fact: String) {
    self = .refused(id: id, ResponseError(.invalidRequest, fact))
  }

  private static func isIdentifier(_ value: Value) -> Bool {
    switch value {
    case .int, .string: true
    case .null, .bool, .double, .array, .object: false
    }
  }
}
