internal import Diagnostics
internal import Pipeline
internal import YAML

/// What is to be said about a key or a value of a pipeline.
struct SettingHover {
  private let request: DocumentRequest
  private let guide: KeyGuide

  init(_ request: DocumentRequest) {
    self.request = request
    guide = KeyGuide(request.surroundings.catalog)
  }

  func text(on place: TreePlace) -> String? {
    // What is said about a list is said about its elements too.
    var path = place.path
    while case .item = path.last { path.removeLast() }
    var parts: [String] = []
    if let member = guide.member(at: path) {
      parts.append("**\(member.name)**\n\n\(member.documentation)")
    }
    if !place.isKey, let choice = choice(place) { parts.append(choice) }
    if let filled = filled(place) { parts.append(filled) }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// What is to be said about the name that a value is.
  private func choice(_ place: TreePlace) -> String? {
    guard let text = place.value.scalar?.text,
      let view = guide.settings(at: place.path)?.view,
      let value = view.values.first(where: { $0.name == text }), !value.summary.isEmpty
    else { return nil }
    return "\(Markup.code(text)): \(value.summary)"
  }

  /// What a value with references comes out as, for each instance of its stage that differs.
  private func filled(_ place: TreePlace) -> String? {
    guard place.value.holdsReferences else { return nil }
    let stage = place.path.first == .key("stages") ? place.path.dropFirst().first?.key : nil
    let values = FilledValues(request, stage: stage) { $0.value(of: place.value) }
    return values.text.map { "Comes out as \($0)." }
  }
}

/// What something comes out as in a pipeline, once or for each instance of a stage.
struct FilledValues {
  private var values: [(value: Value, addresses: [String])] = []

  /// Where each value is among them.
  private var positions: [Value: Int] = [:]

  /// - Parameters:
  ///   - stage: the stage whose matrix values count, if any.
  ///   - fill: fills the references in.
  init(_ request: DocumentRequest, stage: String?, _ fill: (Template) -> Value?) {
    for analysis in request.analyses {
      let variables = analysis.reading.variables
      let environment = request.surroundings.environment
        .filter { analysis.reading.plainEnvironment.contains($0.key) }
      let instances = analysis.reading.graph?.instances.filter { $0.stage == stage } ?? []
      if instances.isEmpty {
        add(fill(Template(variables: variables, environment: environment)), "")
      }
      for instance in instances {
        add(
          fill(
            Template(
              variables: variables, matrix: instance.coordinates.values, environment: environment)),
          instance.address)
      }
    }
  }

  private mutating func add(_ value: Value?, _ address: String) {
    guard let value else { return }
    if let index = positions[value] {
      values[index].addresses.append(address)
    } else {
      positions[value] = values.count
      values.append((value, [address]))
    }
  }

  private static let most = 6

  /// The values in words; `nil` where none is known.
  var text: String? {
    guard let first = values.first else { return nil }
    if values.count == 1 { return Markup.code(first.value.written) }
    let shown = values.prefix(Self.most).map { value, addresses in
      "\(Markup.code(value.written)) in \(Markup.code(addresses[0]))"
    }
    let rest = values.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension Node {
  fileprivate var holdsReferences: Bool {
    var found = false
    forEachScalar { _, scalar in found = found || scalar.scalar?.text.contains("${") ?? false }
    return found
  }
}
