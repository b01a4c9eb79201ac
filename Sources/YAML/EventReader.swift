import CYAML
import Diagnostics

/// An owned libyaml parser over a copy of a text; it turns the text into events with places.
@safe struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>
  private let file: String

  /// A place that was passed already: so many Unicode scalars, so many bytes from the start.
  private var passed = (scalars: 0, bytes: 0)
  private var last = SyntaxProblem.LastRead()

  /// - Parameter bytes: UTF-8 without a byte order mark.
  init(bytes: some Collection<UInt8>, file: String) throws(Diagnostic) {
    self.file = file
    unsafe text = .allocate(capacity: bytes.count)
    _ = unsafe text.initialize(from: bytes)
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      throw Diagnostic("there is no memory left to read '\(file)'")
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  /// The next event; after an error or the end of the stream there is no further one.
  mutating func next() throws(Diagnostic) -> Event {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { unsafe yaml_event_delete(&event) }
    unsafe remember(event)
    let read = unsafe Event(
      kind: kind(of: event), range: range(from: event.start_mark, to: event.end_mark),
      extent: event.start_mark.index..<max(event.start_mark.index, event.end_mark.index))
    try check(read)
    return read
  }

  private mutating func kind(of event: yaml_event_t) -> Event.Kind {
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(unsafe string(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let text = unsafe String(decoding: bytes, as: UTF8.self)
      var read = unsafe Node.Scalar(text, style: Node.Scalar.Style(scalar.style))
      let isAsWritten =
        unsafe event.start_mark.line == event.end_mark.line
        && Int(event.end_mark.index - event.start_mark.index)
          == text.unicodeScalars.count + 2 * read.style.quotes
      if !isAsWritten {
        read.source = unsafe source(from: event.start_mark.index, to: event.end_mark.index)
      }
      return unsafe .scalar(read, properties(anchor: scalar.anchor, tag: scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      return unsafe .sequenceStart(properties(anchor: start.anchor, tag: start.tag))
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      return unsafe .mappingStart(
        properties(anchor: start.anchor, tag: start.tag),
        isFlow: start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return .streamEnd
    }
  }

  /// The text between two marks.
  private mutating func source(from start: Int, to end: Int) -> String {
    let first = pass(to: start)
    return unsafe String(decoding: text[first..<offset(of: end)], as: UTF8.self)
  }

  /// The byte offset of a mark, from which later marks are counted.
  private mutating func pass(to mark: Int) -> Int {
    passed = (mark, offset(of: mark))
    return passed.bytes
  }

  /// The byte offset of a mark; quick for those a little behind the place that was passed.
  private func offset(of mark: Int) -> Int {
    var (scalars, offset) = mark < passed.scalars ? (0, 0) : passed
    while scalars < mark, unsafe offset < text.count {
      repeat {
        offset += 1
      } while unsafe offset < text.count && text[offset] & 0xC0 == 0x80
      scalars += 1
    }
    return offset
  }

  /// Refuses names of anchors and aliases that go on for YAML 1.2 where they end for libyaml.
  private mutating func check(_ event: Event) throws(Diagnostic) {
    let name: String
    switch event.kind {
    case .alias(let alias): name = "*" + alias
    case .scalar(_, let properties), .sequenceStart(let properties),
      .mappingStart(let properties, _):
      guard let anchor = properties.anchor else { return }
      name = "&" + anchor
    default: return
    }
    let start = pass(to: event.extent.lowerBound)
    let rest = unsafe text[start...]
    // A tag may stand before the anchor.
    guard let found = unsafe rest.firstRange(of: name.utf8) else { return }
    let behind = unsafe Array(
      text[found.upperBound...].prefix(40).prefix { !" \t\r\n,[]{}".utf8.contains($0) })
    guard !behind.isEmpty else { return }
    let written = name + String(decoding: behind, as: UTF8.self)
    throw Diagnostic(
      "the name '\(written)' is not read alike by all readers of YAML",
      at: event.range, remedy: "give it letters, digits, '-' and '_', and put a space behind it")
  }

  /// Whether a `?` stands before a key, with nothing between, or with white space before an empty key.
  mutating func follows(questionMark key: Event) -> Bool {
    var offset = pass(to: key.extent.lowerBound)
    if key.extent.isEmpty {
      while offset > 0, unsafe " \t\r\n".utf8.contains(text[offset - 1]) { offset -= 1 }
    }
    guard offset > 0 else { return false }
    return unsafe text[offset - 1] == UInt8(ascii: "?")
  }

  /// The text as it is written, line by line.
  var lines: WrittenLines { unsafe WrittenLines(UnsafeBufferPointer(text)) }

  private func properties(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?
  ) -> Event.Properties {
    unsafe Event.Properties(anchor: string(anchor), tag: string(tag))
  }

  private func string(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? {
    guard let bytes = unsafe bytes else { return nil }
    return unsafe String(cString: bytes)
  }

  private func range(from start: yaml_mark_t, to end: yaml_mark_t) -> SourceRange {
    SourceRange(
      file: file, line: Int(start.line) + 1, column: Int(start.column) + 1,
      length: start.line == end.line ? Int(end.column) - Int(start.column) : 1)
  }

  /// Keeps how far the text is read. The ends of block collections are known only behind them.
  private mutating func remember(_ event: yaml_event_t) {
    let isScalar = unsafe event.type == YAML_SCALAR_EVENT
    // What is not written itself, such as the beginning of a block mapping, has no length.
    let isBracket =
      unsafe event.type.rawValue >= YAML_SEQUENCE_START_EVENT.rawValue
      && event.end_mark.index > event.start_mark.index
    guard isScalar || isBracket else { return }
    let style = unsafe isScalar ? event.data.scalar.style : YAML_PLAIN_SCALAR_STYLE
    last = unsafe SyntaxProblem.LastRead(
      line: Int(event.end_mark.line) + 1, column: Int(event.end_mark.column) + 1,
      isQuoted: style == YAML_SINGLE_QUOTED_SCALAR_STYLE
        || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE,
      startLine: Int(event.start_mark.line) + 1, startColumn: Int(event.start_mark.column) + 1)
  }

  private func problem() -> Diagnostic {
    let state = unsafe parser.pointee
    guard let problem = unsafe state.problem else {
      return Diagnostic("there is no memory left to read '\(file)'")
    }
    let context = unsafe state.context.map { unsafe String(cString: $0) }
    let mark = unsafe state.problem_mark
    return unsafe SyntaxProblem(
      message: String(cString: problem), context: context, place: range(from: mark, to: mark),
      contextPlace: range(from: state.context_mark, to: state.context_mark),
      text: lines, last: last
    ).diagnostic
  }
}

extension Node.Scalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
