internal import CTransfer
internal import Glibc
internal import Processes
internal import YAML

/// One request to a server, with bounds on how long it may take.
struct Transfer {
  /// What a server said.
  struct Answer {
    let status: Int
    let body: [UInt8]

    /// The body, where it is JSON.
    var value: Value? { try? Value(parsingJSON: body, file: "answer") }
  }

  /// No answer came.
  struct Failure: Error {
    let reason: String
  }

  var method: String
  var url: String
  var headers: [String] = []
  var body: [UInt8]?
  /// Milliseconds until there is a connection, and until all is over.
  var connecting = 2000
  var altogether = 10_000

  /// - Throws: Where no answer came; one that says that something is wrong is an answer.
  func answer() throws(Failure) -> Answer {
    var raw = unsafe anneal_answer()
    let status = unsafe perform(&raw)
    defer { unsafe free(raw.body) }
    guard status == 0 else {
      let reason = unsafe withUnsafeBytes(of: &raw.reason) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw Failure(reason: reason)
    }
    let body = unsafe raw.body.map { start in
      unsafe Array(UnsafeRawBufferPointer(start: start, count: raw.length))
    }
    return unsafe Answer(status: raw.status, body: body ?? [])
  }

  private func perform(_ answer: inout anneal_answer) -> Int32 {
    let lines = CStringList(headers)
    return unsafe method.withCString { method in
      unsafe url.withCString { url in
        unsafe (body ?? []).withUnsafeBytes { bytes in
          // A request without anything to send differs from one that sends nothing.
          let start = unsafe bytes.baseAddress ?? UnsafeRawPointer(method)
          var request = unsafe anneal_request(
            method: method, url: url, headers: lines.pointers, body: body == nil ? nil : start,
            length: bytes.count, connecting: connecting, altogether: altogether)
          return unsafe anneal_transfer(&request, &answer)
        }
      }
    }
  }
}
