import Diagnostics

/// One step of reading a YAML stream.
struct Event {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(Node.Scalar, Properties)
    case sequenceStart(Properties)
    case mappingStart(Properties, isFlow: Bool)
    case sequenceEnd, mappingEnd
  }

  /// What may stand before a node: `&anchor` and `!tag`.
  struct Properties {
    var anchor: String?
    var tag: String?
  }

  let kind: Kind
  let range: SourceRange

  /// Where it begins and ends, in Unicode scalars from the start of the text.
  let extent: Range<Int>
}
