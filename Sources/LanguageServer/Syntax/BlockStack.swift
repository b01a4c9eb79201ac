internal import Diagnostics
internal import YAML

/// The lists and mappings that are open while lines are read, each within the one before.
struct BlockStack {
  private struct Block {
    let column: Int
    let isMapping: Bool
    let place: SourceRange
    var entries: [Node.Entry] = []
    var elements: [Node] = []

    /// Whether the last entry or element has no value yet.
    var awaitsValue = false

    var last: Node? {
      get { isMapping ? entries.last?.value : elements.last }
      set {
        guard let newValue else { return }
        if isMapping, !entries.isEmpty {
          entries[entries.count - 1].value = newValue
        } else if !elements.isEmpty {
          elements[elements.count - 1] = newValue
        }
      }
    }

    var node: Node { Node(isMapping ? .mapping(entries) : .sequence(elements), at: place) }

    /// The step to the last entry or element.
    var step: Step? {
      if isMapping { return entries.last.map { .key($0.key) } }
      return elements.isEmpty ? nil : .item(elements.count - 1)
    }
  }

  /// The first is a list around the document, which awaits it as its only element.
  private var blocks: [Block]

  init(at place: SourceRange) {
    var outer = Block(column: -1, isMapping: false, place: place)
    outer.elements = [Self.empty(at: place)]
    outer.awaitsValue = true
    blocks = [outer]
  }

  private static func empty(at place: SourceRange) -> Node {
    Node(.scalar(Node.Scalar("")), at: place)
  }

  /// The innermost block, to be looked at; what it holds is changed in its place.
  private var top: Block { blocks[last] }
  private var last: Int { blocks.count - 1 }

  /// Begins a key that stands in a column.
  mutating func beginEntry(_ key: String, at column: Int, _ place: SourceRange) {
    close { $0.column > column || ($0.column == column && !$0.isMapping) }
    if top.column < column || !top.isMapping { open(mappingAt: column, place) }
    blocks[last].entries.append(
      Node.Entry(key: key, keyRange: place, value: Self.empty(at: place)))
    blocks[last].awaitsValue = true
  }

  /// Begins an element whose mark stands in a column.
  mutating func beginItem(at column: Int, _ place: SourceRange) {
    close { $0.column > column || ($0.column == column && $0.isMapping && !$0.awaitsValue) }
    if top.isMapping || top.column < column {
      add(Block(column: column, isMapping: false, place: place))
    }
    blocks[last].elements.append(Self.empty(at: place))
    blocks[last].awaitsValue = true
  }

  /// Whether a text in a column would be the value of what was begun last.
  mutating func awaitsValue(at column: Int) -> Bool {
    close { $0.column >= column }
    return top.awaitsValue
  }

  mutating func setValue(_ node: Node) {
    blocks[last].last = node
    blocks[last].awaitsValue = false
  }

  /// Closes everything and returns the document.
  mutating func finished() -> Node {
    while blocks.count > 1 { closeTop() }
    return top.elements[0]
  }

  // MARK: Places

  /// What a key in a column belongs to.
  struct Container {
    /// The path of the mapping, or of the value that a first key would make one.
    let path: [Step]

    /// Whether a value without a key could stand there as well.
    let allowsValue: Bool
  }

  /// Where a key in a column would go.
  func container(at column: Int) -> Container {
    var copy = self
    copy.close { $0.column > column || ($0.column == column && !$0.isMapping) }
    let isMember = copy.top.isMapping && copy.top.column == column
    let open = isMember ? copy.blocks.dropLast() : copy.blocks[...]
    return Container(
      path: Array(open.compactMap(\.step).dropFirst()),
      allowsValue: !isMember && copy.top.awaitsValue)
  }

  /// The path of the key or element that was begun last.
  var path: [Step] { Array(blocks.compactMap(\.step).dropFirst()) }

  // MARK: Opening and closing

  /// Opens a mapping, or goes on with one that lines in a wrong column seemed to have ended.
  private mutating func open(mappingAt column: Int, _ place: SourceRange) {
    guard !top.awaitsValue, let entries = top.last?.mapping, let range = top.last?.range else {
      return add(Block(column: column, isMapping: true, place: place))
    }
    var block = Block(column: column, isMapping: true, place: range)
    block.entries = entries
    add(block)
  }

  private mutating func add(_ block: Block) {
    blocks[last].awaitsValue = false
    blocks.append(block)
  }

  private mutating func close(while isBehind: (Block) -> Bool) {
    while blocks.count > 1, isBehind(top) { closeTop() }
  }

  private mutating func closeTop() {
    let node = blocks.removeLast().node
    blocks[last].last = node
  }
}
