internal import Diagnostics
package import Network
internal import Options
package import YAML

extension CSVFiles {
  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> {
    let plain = FeatureKind.allCases.filter { $0.traits.ranks.contains(1) }
    guard !request.features.isEmpty else { return Set(plain) }
    return Set(request.features.flatMap { $0.kind.map { [$0] } ?? plain })
  }

  /// Reads the names of the columns, and holds the settings against them.
  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    var look = SourceLook()
    guard let files = try? search.files(request.patterns), !files.isEmpty else { return look }
    if let problem = files.lazy.compactMap({ jsonProblem($0, node) }).first {
      look.problems = [problem]
      return look
    }
    let names: [String]
    do throws(Diagnostic) {
      names = try TableRows(files: files, format: settings.format).header().names
    } catch {
      var problem = error
      if let place = error.range { problem.notes.append(Note("the table is here", at: place)) }
      problem.range = (node[key] ?? node).range
      look.problems = [problem]
      return look
    }
    look.columns = names
    if let problem = formProblem(names, settings, files[0], node) {
      look.problems = [problem]
    } else {
      let selection = TableSelection(request)
      look.featureColumns = selection.featureColumns(among: names)
      look.problems = selection.misfits(in: names).map { misfit in
        var problem = Diagnostic(misfit.fact, at: place(of: misfit.part, in: node))
        problem.notes = misfit.remedies.map { Note($0) }
        return problem
      }
    }
    return look
  }

  /// A file that begins as JSON does, and as no header would.
  private static func jsonProblem(_ file: SourceFile, _ node: Node) -> Diagnostic? {
    var start = [UInt8](repeating: 0, count: 64)
    guard let stream = try? ByteStream(path: file.path, name: file.name),
      let count = try? stream.read(into: &start)
    else { return nil }
    let text = String(decoding: start.prefix(count), as: UTF8.self).filter { !$0.isWhitespace }
    guard ["{\"", "{}", "[{", "[[", "[]"].contains(where: text.hasPrefix) else { return nil }
    return Diagnostic(
      "'\(file.name)' is no table: it begins as JSON does", at: (node[key] ?? node).range,
      remedy: "turn it into CSV in a 'command' stage, or name another file")
  }

  /// A first line without the delimiter that is asked for.
  private static func formProblem(
    _ names: [String], _ settings: Settings, _ file: SourceFile, _ node: Node
  ) -> Diagnostic? {
    guard let first = names.first else { return nil }
    guard let delimiter = settings.delimiter, names.count == 1 else { return nil }
    let usual = [",", ";", "\t", "|"].first { (mark: String) in first.contains(mark) }
    let written = usual == "\t" ? "tab" : usual
    return Diagnostic(
      "'\(file.name)' has no '\(String(UnicodeScalar(delimiter.byte)))' in its first line",
      at: (node["delimiter"] ?? node).range,
      remedy: written.map { "write delimiter: '\($0)', which is there" }
        ?? "name what stands between its fields")
  }

  /// Where a part of the selection is written.
  private static func place(of part: TableSelection.Misfit.Part, in node: Node) -> SourceRange {
    switch part {
    case .target: return (node["target"] ?? node).range
    case .group: return (node["split"]?["group"] ?? node["split"] ?? node).range
    case .split: return (node["split"]?["column"] ?? node["split"] ?? node).range
    case .pattern(let feature, let index):
      let declared = node["features"]?[feature] ?? node
      let columns = declared["columns"] ?? declared
      guard let list = columns.sequence, list.indices.contains(index) else { return columns.range }
      return list[index].range
    }
  }
}
