import Diagnostics

/// Builds the one document of a stream into a tree, within limits.
struct TreeBuilder: ~Copyable {
  private var events: EventReader
  private let limits: Limits
  private var anchors: [String: Anchor] = [:]
  private var nodes = 0
  private var depth = 0
  private(set) var problems = Diagnostics()

  /// The last place where a text is valid and not what was meant.
  private(set) var lastSlip: SourceLocation?

  private enum Anchor {
    case open
    case complete(Node, size: Int, depth: Int)
  }

  init(events: consuming EventReader, limits: Limits) {
    self.events = events
    self.limits = limits
  }

  /// Reads the whole stream. Problems that leave the tree readable are collected in `problems`.
  mutating func build(file: String) throws(Diagnostic) -> Node {
    _ = try events.next()
    guard case .documentStart = try events.next().kind else {
      throw Diagnostic(
        "the file is empty", at: SourceRange(file: file, line: 1, column: 1),
        remedy: "write at least one 'key: value'")
    }
    let first = try events.next()
    if case .scalar(let scalar, _) = first.kind, scalar.style == .literal || scalar.style == .folded
    {
      // YAML 1.2 has lines that begin with '#' belong to such a text, and libyaml takes them for comments.
      throw Diagnostic(
        "the whole file is one text", at: first.range, remedy: "write at least one 'key: value'")
    }
    let root = try build(first)
    _ = try events.next()
    let end = try events.next()
    guard case .streamEnd = end.kind else {
      throw Diagnostic(
        "a second document begins here", at: end.range,
        remedy: "keep one document in a file, and take the '---' away")
    }
    return root.node
  }

  /// A node with what it counts towards the limits: its nodes, itself included, and its levels.
  private struct Built {
    var node: Node
    var size = 1
    var depth = 0

    mutating func absorb(_ child: Built) {
      size += child.size
      depth = max(depth, child.depth + 1)
    }
  }

  private mutating func build(_ event: Event) throws(Diagnostic) -> Built {
    switch event.kind {
    case .alias(let name): return try expand(name, at: event.range)
    case .scalar(let scalar, let properties):
      try count(1, at: event.range)
      guard scalar.text.utf8.count <= limits.scalarBytes else {
        throw Diagnostic(
          "a single value has more than \(limits.scalarBytes) bytes", at: event.range,
          remedy: "keep long data in a file of its own and name it here")
      }
      guard !scalar.text.utf8.contains(0) else {
        throw Diagnostic(
          "the text has a NUL character in it", at: event.range,
          remedy: "take its escape away; programs and the system take a NUL for the end of a text")
      }
      if let problem = WrittenForm(scalar, at: event.range).problem {
        problems.add(problem)
        lastSlip = problem.location
      }
      let tagged = try TagRule.apply(properties.tag, to: scalar, at: event.range)
      return register(Built(node: Node(.scalar(tagged), at: event.range)), properties)
    case .sequenceStart(let properties):
      try TagRule.check(properties.tag, isAnyOf: ["!!seq"], at: event.range)
      try open(properties, at: event.range)
      let built = try buildSequence(at: event.range)
      depth -= 1
      return register(built, properties)
    case .mappingStart(let properties, let isFlow):
      try TagRule.check(properties.tag, isAnyOf: ["!!map"], at: event.range)
      try open(properties, at: event.range)
      let built = try buildMapping(at: event.range, isFlow: isFlow)
      depth -= 1
      return register(built, properties)
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      throw Diagnostic("a value is missing here", at: event.range)
    }
  }

  private mutating func buildSequence(at range: SourceRange) throws(Diagnostic) -> Built {
    var built = Built(node: Node(.sequence([]), at: range))
    var elements: [Node] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { break }
      let element = try build(event)
      built.absorb(element)
      elements.append(element.node)
    }
    built.node.content = .sequence(elements)
    return built
  }

  private mutating func buildMapping(
    at range: SourceRange, isFlow: Bool
  ) throws(Diagnostic) -> Built {
    var built = Built(node: Node(.mapping([]), at: range))
    var entries = MappingBuilder()
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { break }
      if isFlow { try checkKey(event, within: range) }
      let key = try buildKey(event)
      let value = try build(try events.next())
      built.absorb(value)
      if let problem = entries.add(key.scalar, at: key.range, value: value.node) {
        problems.add(problem)
      }
    }
    built.node.content = .mapping(entries.finish())
    return built
  }

  /// Refuses keys that YAML 1.2 reads otherwise, and Jinja's `{{ … }}`, which is a mapping as a key.
  private mutating func checkKey(
    _ key: Event, within range: SourceRange
  ) throws(Diagnostic) {
    if events.follows(questionMark: key) {
      throw Diagnostic(
        "a '?' within { } or [ ] is not read alike by all readers of YAML", at: key.range,
        remedy: "put the key in quotes, with the '?' if that belongs to it")
    }
    guard case .mappingStart = key.kind, key.range.start.line == range.start.line,
      key.range.start.column == range.start.column + 1,
      let placeholder = Placeholder(
        in: events.lines[range.start.line], at: range.start.column - 1)
    else { return }
    throw placeholder.diagnostic(range.start.file, range.start.line)
  }

  private mutating func buildKey(
    _ event: Event
  ) throws(Diagnostic) -> (scalar: Node.Scalar, range: SourceRange) {
    let node = try build(event).node
    guard case .scalar(let scalar) = node.content else {
      throw Diagnostic(
        "a list or mapping stands where a key is expected", at: event.range,
        remedy: "write a plain name before the ':'")
    }
    return (scalar, event.range)
  }

  private mutating func open(
    _ properties: Event.Properties, at range: SourceRange
  ) throws(Diagnostic) {
    try count(1, at: range)
    depth += 1
    try check(depth: depth, at: range)
    if let anchor = properties.anchor { anchors[anchor] = .open }
  }

  private mutating func register(_ built: Built, _ properties: Event.Properties) -> Built {
    if let anchor = properties.anchor {
      anchors[anchor] = .complete(built.node, size: built.size, depth: built.depth)
    }
    return built
  }

  private mutating func expand(_ name: String, at range: SourceRange) throws(Diagnostic) -> Built {
    switch anchors[name] {
    case .complete(let node, let size, let levels):
      try count(size, at: range)
      try check(depth: depth + levels, at: range)
      return Built(node: node, size: size, depth: levels)
    case .open:
      throw Diagnostic(
        "the alias '*\(name)' stands inside its own anchor", at: range,
        remedy: "data that contains itself cannot be read")
    case nil:
      let near = nearestName(to: name, in: anchors.keys).map { Note.didYouMean("*\($0)") }
      throw Diagnostic(
        "the alias '*\(name)' has no anchor before it", at: range,
        remedy: near ?? "write '&\(name)' before the value it should repeat")
    }
  }

  private mutating func count(_ more: Int, at range: SourceRange) throws(Diagnostic) {
    nodes += more
    guard nodes <= limits.nodes else {
      throw Diagnostic(
        "the file has more than \(limits.nodes) values once its aliases are expanded", at: range,
        remedy: "use fewer aliases of aliases, or keep large data in a file of its own")
    }
  }

  private func check(depth: Int, at range: SourceRange) throws(Diagnostic) {
    guard depth <= limits.depth else {
      throw Diagnostic(
        "lists and mappings lie more than \(limits.depth) levels deep", at: range,
        remedy: "nest less deeply")
    }
  }
}
