import CYAML
import Diagnostics

/// An owned libyaml parser over a copy of a text; it turns the text into events with places.
@safe struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>
  private let file: String

  /// A place that was passed already: so many Unicode scalars, so many bytes from the start.
  private var passed = (scalars: 0, bytes: 0)

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
    return unsafe Event(
      kind: kind(of: event), range: range(from: event.start_mark, to: event.end_mark))
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
      return unsafe .mappingStart(properties(anchor: start.anchor, tag: start.tag))
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return .streamEnd
    }
  }

  /// The text between two marks, of which the first is behind those of earlier calls.
  private mutating func source(from start: Int, to end: Int) -> String {
    let first = offset(of: start)
    passed = (start, first)
    return unsafe String(decoding: text[first..<offset(of: end)], as: UTF8.self)
  }

  /// The byte offset of a mark behind the place that was passed.
  private func offset(of mark: Int) -> Int {
    var (scalars, offset) = passed
    while scalars < mark, unsafe offset < text.count {
      repeat {
        offset += 1
      } while unsafe offset < text.count && text[offset] & 0xC0 == 0x80
      scalars += 1
    }
    return offset
  }

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

  private func problem() -> Diagnostic {
    let state = unsafe parser.pointee
    guard let problem = unsafe state.problem else {
      return Diagnostic("there is no memory left to read '\(file)'")
    }
    let context = unsafe state.context.map { unsafe String(cString: $0) }
    let mark = unsafe state.problem_mark
    return unsafe SyntaxProblem(
      message: String(cString: problem), context: context, byte: byte(at: mark),
      place: range(from: mark, to: mark),
      contextPlace: range(from: state.context_mark, to: state.context_mark)
    ).diagnostic
  }

  /// The byte that a mark stands before, if it is a plain ASCII one; marks count scalars.
  private func byte(at mark: yaml_mark_t) -> UInt8? {
    var scalars = -1
    for index in unsafe text.indices {
      let byte = unsafe text[index]
      if byte & 0xC0 != 0x80 { scalars += 1 }
      if scalars == Int(mark.index) { return byte < 0x80 ? byte : nil }
    }
    return nil
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
