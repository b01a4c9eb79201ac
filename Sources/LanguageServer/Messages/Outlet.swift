internal import YAML

/// Where messages to the client go, each in a frame of its own.
struct Outlet {
  private let write: ([UInt8]) -> Void
  private var requests = 0

  init(_ write: @escaping ([UInt8]) -> Void) {
    self.write = write
  }

  func answer(_ id: Value, _ result: Result<Value, ResponseError>) {
    switch result {
    case .success(let value): send(["id": id, "result": value])
    case .failure(let error): send(["id": id, "error": error.value])
    }
  }

  func notify(_ method: String, _ parameters: Value) {
    send(["method": .string(method), "params": parameters])
  }

  /// Asks the client for something that it has no choice about, so that nobody waits for the answer.
  mutating func request(_ method: String, _ parameters: Value? = nil) {
    requests += 1
    var message: Value = ["id": .string("anneal-\(requests)"), "method": .string(method)]
    message["params"] = parameters
    send(message)
  }

  private func send(_ message: Value) {
    var message = message
    message["jsonrpc"] = "2.0"
    write(Self.frame(message))
  }

  /// A message as it is sent, by either side.
  static func frame(_ message: Value) -> [UInt8] {
    let content = Array(message.canonicalJSON.utf8)
    return Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content
  }
}
