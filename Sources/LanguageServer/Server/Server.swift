internal import Dispatch
internal import Pipeline
internal import YAML

/// A language server for pipeline files: it reads messages, answers them one after the other, and checks
/// pipelines beside that.
package final class Server {
  let surroundings: Surroundings
  let workspace = Workspace()
  var outlet: Outlet
  var client = ClientCapabilities()
  var phase = Phase.new
  var analyst: Analyst
  var surveyor: Surveyor
  var published = PublishedDiagnostics()
  var status = StatusDisplay.nowhere
  private let inbox = Inbox<Event>()
  private var waiting: [WaitingRequest] = []
  private var nextLook: DispatchTime?

  /// The status to end with, once that is known.
  private var ending: Int32?

  enum Phase { case new, running, shutDown }

  /// Every feature that is a request about a document.
  static let features: [any Feature.Type] = [
    Definition.self, References.self, Highlights.self, Rename.self, RenamePreparation.self,
    DocumentSymbols.self, Completion.self, Hover.self, CodeActions.self, StatusLenses.self,
    StatusHints.self,
  ]

  /// - Parameter send: writes bytes to the client.
  package init(_ surroundings: Surroundings, send: @escaping ([UInt8]) -> Void) {
    self.surroundings = surroundings
    outlet = Outlet(send)
    analyst = Analyst(
      environment: surroundings.environment, catalog: surroundings.catalog)
    surveyor = Surveyor(columns: TableColumns(surroundings.columns))
  }

  /// Serves a client to the end.
  ///
  /// - Parameter receive: waits for bytes from the client; none are its end.
  /// - Returns: the status to exit with: 0 where the client asked for the end, otherwise 1.
  package func run(receive: @escaping @Sendable () -> [UInt8]) -> Int32 {
    let inbox = inbox
    DispatchQueue(label: "anneal.messages").async {
      var reader = FrameReader()
      while case let bytes = receive(), !bytes.isEmpty {
        reader.append(bytes)
        while let found = reader.next() {
          let message = Message(found)
          if let id = message.cancelled { inbox.cancel(id) }
          inbox.add(.message(message))
        }
      }
      inbox.add(.closed)
    }
    while true {
      if let event = inbox.next(until: nextTime) { handle(event) }
      if let ending { return ending }
      startWork()
      answerWaiting()
    }
  }

  private func handle(_ event: Event) {
    switch event {
    case .closed: ending = 1
    case .message(.request(let id, let method, let parameters)):
      guard !inbox.takeCancellation(of: id) else {
        return outlet.answer(id, .failure(.cancelled))
      }
      receive(id, method, parameters)
    case .message(.notification(let method, let parameters)):
      if method == "exit" { ending = phase == .shutDown ? 0 : 1 }
      if method == "$/cancelRequest" { cancel(parameters["id"] ?? .null) }
      if phase == .running { receive(method, parameters) }
    case .message(.response): break
    case .message(.refused(let id, let error)): outlet.answer(id, .failure(error))
    case .checked(let results): take(results)
    case .surveyed(let surveys):
      surveyor.finish(surveys)
      refreshStatus()
    }
  }

  // MARK: Requests

  private func receive(_ id: Value, _ method: String, _ parameters: Value) {
    if let feature = Self.features.first(where: { $0.method == method }), phase == .running {
      return wait(WaitingRequest(id: id, feature: feature, parameters: parameters), on: parameters)
    }
    let answer: Result<Value, ResponseError>
    do throws(ResponseError) {
      answer = .success(try answerLifecycle(method, parameters))
    } catch {
      answer = .failure(error)
    }
    outlet.answer(id, answer)
  }

  private func wait(_ request: WaitingRequest, on parameters: Value) {
    var request = request
    guard let uri = parameters["textDocument"]?["uri"]?.string,
      let document = workspace.documents[uri]
    else {
      let error = ResponseError(.invalidParameters, "the document is not open")
      return outlet.answer(request.id, .failure(error))
    }
    request.uri = uri
    request.version = document.version
    request.deadline = .now() + .milliseconds(surroundings.deadline)
    request.patience = .now() + .milliseconds(surroundings.patience)
    waiting.append(request)
    if request.feature.need > .nothing { analyst.hurry() }
  }

  private func cancel(_ id: Value) {
    _ = inbox.takeCancellation(of: id)
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: index)
    outlet.answer(id, .failure(.cancelled))
  }

  /// Answers the requests that wait for nothing more.
  private func answerWaiting() {
    guard !waiting.isEmpty else { return }
    var ready: [WaitingRequest] = []
    var rest: [WaitingRequest] = []
    for request in waiting {
      if isReady(request) { ready.append(request) } else { rest.append(request) }
    }
    waiting = rest
    for request in ready { outlet.answer(request.id, answer(request)) }
  }

  private func isReady(_ request: WaitingRequest) -> Bool {
    guard let document = workspace.documents[request.uri], document.version == request.version,
      request.feature.need > .nothing, DispatchTime.now() < request.deadline
    else { return true }
    let pipelines = workspace.pipelines(with: document.path)
    let needsStatus = request.feature.need >= .status
    if pipelines.allSatisfy(analyst.isCurrent),
      !needsStatus || pipelines.allSatisfy(surveyor.isCurrent)
    {
      return true
    }
    guard request.feature.takesEarlier(client), DispatchTime.now() >= request.patience else {
      return false
    }
    return pipelines.allSatisfy { pipeline in
      analyst.analyses[pipeline]?.reading.graph != nil
        && (!needsStatus || status == .nowhere || surveyor.surveys[pipeline] != nil)
    }
  }

  private func answer(_ request: WaitingRequest) -> Result<Value, ResponseError> {
    guard let document = workspace.documents[request.uri], document.version == request.version
    else { return .failure(.contentModified) }
    let pipelines = workspace.pipelines(with: document.path)
    do throws(ResponseError) {
      return .success(
        try request.feature.answer(
          DocumentRequest(
            document: document, parameters: request.parameters, workspace: workspace,
            client: client, surroundings: surroundings,
            analyses: pipelines.compactMap { analyst.analyses[$0] },
            surveys: surveyor.surveys)))
    } catch {
      return .failure(error)
    }
  }

  // MARK: Work beside

  private var nextTime: DispatchTime? {
    let now = DispatchTime.now()
    let deadlines = waiting.filter { $0.feature.need > .nothing }
      .flatMap { [$0.patience, $0.deadline] }.filter { $0 > now }
    return (deadlines + [analyst.nextTime, nextLook].compactMap { $0 }).min()
  }

  private func startWork() {
    let inbox = inbox
    analyst.start(workspace.snapshot) { inbox.add(.checked($0)) }
    guard status != .nowhere else { return }
    let now = DispatchTime.now()
    if nextLook.map({ $0 <= now }) ?? true {
      surveyor.notice()
      nextLook = workspace.documents.isEmpty ? nil : now + .seconds(2)
    }
    surveyor.start { inbox.add(.surveyed($0)) }
  }
}

/// A request that is yet to be answered.
private struct WaitingRequest {
  let id: Value
  let feature: any Feature.Type
  let parameters: Value
  var uri = ""
  var version = 0
  var deadline = DispatchTime.distantFuture

  /// From when on results of an earlier text will do, where they do at all.
  var patience = DispatchTime.distantFuture
}

extension Message {
  /// The request that the client does not want answered any more.
  fileprivate var cancelled: Value? {
    guard case .notification("$/cancelRequest", let parameters) = self else { return nil }
    return parameters["id"]
  }
}
