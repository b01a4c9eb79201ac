internal import Artifacts
internal import Diagnostics
internal import YAML

/// Puts a pipeline together from its file and those that `include` names there or further on.
///
/// Of what several files set, the later file of a list wins over the earlier one, and a file over those
/// that it includes. A file that is named several times is read once.
struct Composer {
  private let catalog: Catalog
  private let source: PipelineSource
  private let limits = Limits.standard

  /// The files that were begun and not ended, from the pipeline's own on.
  private var open: [(path: String, identity: String)] = []
  private var known: Set<String> = []
  private var parts: [Node] = []

  /// The paths of the files that were included.
  private(set) var included: [String] = []
  private var bytes = 0
  private var values = 0
  private(set) var problems = Diagnostics()

  /// Whether every file could be read, so that what is missing is missing from the pipeline.
  private(set) var isComplete = true

  static let mostFiles = 64
  static let deepest = 8

  init(catalog: Catalog, source: PipelineSource) {
    self.catalog = catalog
    self.source = source
  }

  /// The pipeline as one tree, whose places name the files that its parts are from.
  mutating func compose(_ root: Node, path: String, bytes count: Int) -> Node {
    guard root.mapping != nil, let include = root["include"] else { return root }
    let identity = (try? source.identity(of: path)) ?? path
    bytes = count
    values = root.count
    known = [identity]
    open = [(path, identity)]
    gather(include, from: path)
    return MergedFiles(parts, into: root, problems: &problems).root
  }

  private mutating func gather(_ include: Node, from path: String) {
    guard !include.isNull else { return }
    for element in include.sequence ?? [include] {
      let before = problems.count
      do throws(Diagnostic) {
        try add(element, from: path)
      } catch {
        problems.add(error)
      }
      if problems.count > before { isComplete = false }
    }
  }

  private mutating func add(_ element: Node, from path: String) throws(Diagnostic) {
    guard let written = element.scalar?.value.string, !written.isEmpty else {
      throw Diagnostic(
        "'include' takes the paths of files", at: element.range,
        remedy: "write it as include: [common.yaml]")
    }
    guard !written.contains(where: { "*?[{".contains($0) }) || written.contains("${") else {
      throw Diagnostic(
        "'include' has no wildcards", at: element.range,
        remedy: "name each file: include: [common.yaml, data.yaml]")
    }
    guard !written.contains("${") else {
      throw Diagnostic(
        "references are not filled in within 'include'", at: element.range,
        remedy: "write the path itself; variables may still differ from file to file")
    }
    let folder = path.parentPath
    let name = Self.withoutDots(written).path(in: folder)
    guard
      let identity = try located(
        element,
        { () throws(Diagnostic) in
          try source.identity(of: name)
        })
    else {
      throw missing(written, name, at: element.range)
    }
    if let start = open.firstIndex(where: { $0.identity == identity }) {
      throw circle(from: start, at: element.range)
    }
    guard known.insert(identity).inserted else { return }
    try checkCounts(at: element.range)
    let text = try located(element, { () throws(Diagnostic) in try source.contents(of: name) })
    try spend(text.count, at: element.range)
    open.append((name, identity))
    included.append(name)
    read(text, name, includedAt: element.range)
    open.removeLast()
  }

  private mutating func read(_ text: [UInt8], _ path: String, includedAt place: SourceRange) {
    let root: Node
    do throws(Diagnostics) {
      root = try Node(parsing: text, file: path)
    } catch {
      for problem in error.all {
        var explained = problem
        explained.notes.append(Note("the file is included here", at: place))
        problems.add(explained)
      }
      return
    }
    values += root.count
    guard values <= limits.nodes else {
      problems.add(
        Diagnostic(
          "the files of this pipeline have more than \(limits.nodes) values together", at: place,
          remedy: "include fewer, or keep large data in files of its own"))
      return
    }
    guard let entries = root.mapping else {
      problems.add(
        Diagnostic(
          "an included file is a mapping", at: root.range,
          remedy: "write 'vars', 'env', 'profiles' or 'stages' in it",
          notes: [Note("the file is included here", at: place)]))
      return
    }
    problems.add(contentsOf: FileSections(entries, catalog: catalog).problems)
    if let include = root["include"] { gather(include, from: path) }
    parts.append(root)
  }

  private func checkCounts(at place: SourceRange) throws(Diagnostic) {
    guard open.count <= Self.deepest else {
      throw Diagnostic(
        "files include each other more than \(Self.deepest) levels deep", at: place,
        remedy: "include this file from one further up")
    }
    guard known.count - 1 <= Self.mostFiles else {
      throw Diagnostic(
        "more than \(Self.mostFiles) files are included", at: place, remedy: "join some of them")
    }
  }

  private mutating func spend(_ count: Int, at place: SourceRange) throws(Diagnostic) {
    bytes += count
    guard bytes <= limits.bytes else {
      throw Diagnostic(
        "the files of this pipeline have more than \(limits.bytes) bytes together", at: place,
        remedy: "include fewer, or keep large data in files of its own")
    }
  }

  private func missing(
    _ written: String, _ path: String, at place: SourceRange
  ) -> Diagnostic {
    let start = written.lastIndex(of: "/").map { written.index(after: $0) } ?? written.startIndex
    let near = nearestName(
      to: String(written[start...]), in: source.names(in: path.parentPath))
    return Diagnostic(
      "there is no file '\(path)'", at: place,
      remedy: near.map { .didYouMean("\(written[..<start])\($0)") }
        ?? "a path is relative to the file that it is written in")
  }

  private func circle(from start: Int, at place: SourceRange) -> Diagnostic {
    let names = open[start...].map(\.path)
    guard names.count > 1 else {
      return Diagnostic(
        "'\(names[0])' includes itself", at: place, remedy: "remove it from 'include'")
    }
    return Diagnostic(
      "files include each other in a circle: "
        + (names + [names[0]]).joined(separator: " → "),
      at: place, remedy: "move what they share into a file that includes neither")
  }

  /// Gives what goes wrong in `body` the place of the element that led there.
  private func located<Result>(
    _ element: Node, _ body: () throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    do throws(Diagnostic) {
      return try body()
    } catch {
      var problem = error
      problem.range = problem.range ?? element.range
      throw problem
    }
  }

  private static func withoutDots(_ path: String) -> String {
    path.hasPrefix("./") ? withoutDots(String(path.dropFirst(2))) : path
  }
}
