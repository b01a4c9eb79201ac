import Diagnostics
import Foundation
import Testing
import YAML

@testable import LanguageServer

@Suite struct `Documents read by their lines` {
  private static let pipelines: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "pipelines").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".lock.yaml") }.sorted()
      .compactMap { try? String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }
  }()

  private static let forms = [
    "a: 1\nb: [x, 'y z', \"q\"]\nc: {d: e, f: {g: [1, 2]}}\n",
    "list:\n- a: 1\n  b: 2\n- c\n-\n  d: 3\nnext: x\n",
    "list:\n  - - a\n    - b\n  - c: d\n", "flow: {\n  a: 1,\n  b: [2,\n  3]\n}\nafter: 1\n",
    "text: |\n  one: 1\n   two\n\nmore: >-\n  folded\nlast: x # comment\n",
    "'quoted key': a\n\"other\": 'it''s'\n# comment\n\nplain: a b  # c\n",
    "---\na:\n  b: {}\n  c: []\n", "a: \"over\n  lines\"\nb: 1\n", "é𝄞: {ключ: €}\n",
  ]

  /// What both readers take is the same to both, in keys, values and places.
  @Test func `have the tree of YAML's own reader where that takes them`() throws {
    #expect(Self.pipelines.count >= 4)
    for text in Self.pipelines + Self.forms {
      let document = DocumentText(text, encoding: .utf16)
      let own = try Node(parsing: text, file: "p.yaml")
      let tolerant = TolerantReader.tree(of: document, file: "p.yaml")
      #expect(Self.described(tolerant) == Self.described(own), "\(text)")
    }
  }

  /// Keys with their places, and values of one line with theirs.
  private static func described(_ node: Node) -> String {
    switch node.content {
    case .scalar(let scalar):
      scalar.style == .literal || scalar.style == .folded || scalar.text.contains(" lines")
        ? "text" : "\(scalar.text) \(scalar.text.isEmpty ? "" : "\(node.range.start)")"
    case .sequence(let nodes): "[\(nodes.map(described).joined(separator: ", "))]"
    case .mapping(let entries):
      "{"
        + entries.map { "\($0.key) \($0.keyRange.start): \(described($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }

  @Test(arguments: [
    ("stages:\n  a:\n    from: [b, c\n  d:\n    from: a\n", "stages.a.from stages.d.from"),
    ("stages:\n  a: {load: {csv: x\n  b:\n    train: x\n", "stages.a.load.csv stages.b.train"),
    ("stages:\n  a:\n    x: \"open\n  b:\n    y: 1\n", "stages.a.x stages.b.y"),
    ("stages:\n    a:\n      x: 1\n   b:\n     y: 1\n", "stages.a.x stages.b.y"),
    ("stages:\n  a:\n    trai\n  b:\n    y: 1\n", "stages.a stages.b.y"),
    ("a: 1\n  b: 2\nc: 3\n", "a.b c"), ("- a\nb: 1\n", "b"), ("a: }\nb: 1\n", "a b"),
  ])
  func `that are broken keep what stands elsewhere`(text: String, paths: String) {
    let tree = TolerantReader.tree(of: DocumentText(text, encoding: .utf16), file: "p.yaml")
    var found: [String] = []
    tree.forEachScalar { path, _ in
      let keys = path.compactMap(\.key).joined(separator: ".")
      if found.last != keys { found.append(keys) }
    }
    #expect(found.joined(separator: " ") == paths)
  }

  /// Whatever is cut away or put in, every place of the text has an answer.
  @Test func `of any kind stop nobody`() {
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = [
      "{", "}", "[", "]", ":", " ", "\n", "- ", "\"", "'", "#", "|", "${", "&a ", "\t", "é",
    ]
    for text in Self.forms + Self.pipelines.map({ String($0.prefix(400)) }) {
      for _ in 0..<8 {
        var bytes = Array(text.utf8)
        for _ in 0..<random(6) {
          let place = random(bytes.count + 1)
          if random(2) == 0 {
            bytes.insert(contentsOf: pieces[random(pieces.count)].utf8, at: place)
          } else {
            bytes.removeSubrange(place..<min(bytes.count, place + random(20)))
          }
        }
        let document = DocumentText(bytes, encoding: .utf16)
        let outline = FileOutline(document, path: "/p.yaml")
        #expect(outline.text.bytes.count == bytes.count)
        for offset in stride(from: 0, through: bytes.count, by: 1 + random(15)) {
          guard let place = TolerantReader.place(at: offset, in: document) else { continue }
          #expect(place.prefix.upperBound == offset || place.prefix.isEmpty)
          #expect(place.word.lowerBound <= offset && offset <= place.word.upperBound)
          _ = outline.occurrence(at: offset)
        }
      }
    }
  }

  @Test(arguments: [
    ("a:\n  ¦", "a", true, true), ("a:\n  b: 1\n  ¦", "a", true, false), ("¦", "", true, true),
    ("a: ¦", "a", false, true), ("a: {b: ¦", "a.b", false, true), ("a: {¦", "a", true, false),
    ("a: {b: 1, c¦", "a", true, false), ("a: [x, ¦", "a.1", false, true),
    ("a:\n- ¦", "a.0", true, true), ("a:\n- b: 1\n  ¦", "a.0", true, false),
    ("a:\n- b: 1\n- ¦", "a.1", true, true),
    ("a:\n  - b: {c: [1, {d: ¦", "a.0.b.c.1.d", false, true),
    ("a: {\n  b: 1,\n  ¦\n}", "a", true, false), ("a: 'x¦'", "a", false, true),
    ("a:\n  b: 1\n¦", "", true, false), ("a:\n  b:\n    c: 1\n  ¦", "a", true, false),
    ("a: |\n  text ¦", "a", false, true), ("a¦: 1", "", true, false),
    ("'a': {\"b\": ¦", "a.b", false, true), ("a:\n  b: ¦\n  c: 1", "a.b", false, true),
  ])
  func `say what surrounds a place`(marked: String, path: String, key: Bool, value: Bool) throws {
    let parts = marked.components(separatedBy: "¦")
    let text = DocumentText(parts.joined(), encoding: .utf16)
    let place = try #require(TolerantReader.place(at: parts[0].utf8.count, in: text))
    let found = place.path.map { step in
      switch step {
      case .key(let key): key
      case .item(let index): "\(index)"
      }
    }
    #expect(found.joined(separator: ".") == path)
    #expect(place.allowsKey == key)
    #expect(place.allowsValue == value)
  }

  @Test(arguments: ["a: 1 # ¦", "# ¦", "a: {b: 1 # ¦\n}", "a: {} ¦", "a: b ¦", "a:\n  - # x¦"])
  func `have places where nothing is completed`(marked: String) {
    let parts = marked.components(separatedBy: "¦")
    let text = DocumentText(parts.joined(), encoding: .utf16)
    #expect(TolerantReader.place(at: parts[0].utf8.count, in: text) == nil)
  }
}
