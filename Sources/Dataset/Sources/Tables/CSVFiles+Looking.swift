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
    look.problems = otherFiles(request, search, node)
    guard look.problems.isEmpty else { return look }
    do throws(Diagnostic) {
      let rows = try DelimitedContents(files: files, format: settings.format)
      let header = try rows.header()
      let selection = settings.selection(request)
      look.columns = header.names
      look.featureColumns = selection.featureColumns(among: header.names)
      if let problem = formProblem(header.names, settings, files[0], node) {
        look.problems = [problem]
        return look
      }
      look.problems = selection.misfits(in: header.names).map { misfit in
        var problem = Diagnostic(misfit.fact, at: place(of: misfit.part, in: node))
        let found = rows.remedies(toFind: misfit.name)
        problem.notes = found.isEmpty ? misfit.remedies.map { Note($0) } : found
        return problem
      }
      guard look.problems.isEmpty else { return look }
      // What else names columns is held against them where they are taken apart.
      _ = try TableSource(files, format: settings.format, selection: selection)
    } catch {
      var problem = error
      if let place = error.range { problem.notes.append(Note("the table is here", at: place)) }
      problem.range = (node[key] ?? node).range
      look.problems = [problem]
    }
    return look
  }

  /// What the patterns name that is no table by its kind or its first bytes, the first of each pattern, at
  /// its place.
  private static func otherFiles(
    _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> [Diagnostic] {
    request.patterns.enumerated().compactMap { index, pattern in
      do throws(Diagnostic) {
        for file in try search.files([pattern]) {
          try file.requirePlainFile()
          try refuseJSON(file)
        }
        return nil
      } catch {
        var problem = error
        problem.range = (node[key] ?? node).place(ofElement: index)
        return problem
      }
    }
  }

  /// Refuses a file that begins as JSON does, and as no header would.
  private static func refuseJSON(_ file: SourceFile) throws(Diagnostic) {
    var start = [UInt8](repeating: 0, count: 64)
    guard let stream = try? ByteStream(file), let count = try? stream.read(into: &start) else {
      return
    }
    let text = String(decoding: start.prefix(count), as: UTF8.self).filter { !$0.isWhitespace }
    guard ["{\"", "{}", "[{", "[[", "[]"].contains(where: text.hasPrefix) else { return }
    throw Diagnostic(
      "'\(file.name)' is no table: it begins as JSON does",
      remedy:
        "`jq -c '.[]' old.json > new.jsonl` puts each object on a line, and 'jsonl' reads that")
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
  static func place(of part: TableSelection.Misfit.Part, in node: Node) -> SourceRange {
    switch part {
    case .target(let index): return (node["target"] ?? node).place(ofElement: index)
    case .time: return (node["split"]?["time"] ?? node["split"] ?? node).range
    case .weight: return (node["weight"] ?? node).range
    case .group: return (node["split"]?["group"] ?? node["split"] ?? node).range
    case .split: return (node["split"]?["column"] ?? node["split"] ?? node).range
    case .pattern(let feature, let index):
      return place(ofColumn: index, of: feature, in: node)
    }
  }

  /// Where one of a feature's columns is written.
  private static func place(ofColumn index: Int, of feature: String, in node: Node) -> SourceRange {
    let declared = node["features"]?[feature] ?? node
    let columns = declared["columns"] ?? declared
    guard let list = columns.sequence, list.indices.contains(index) else { return columns.range }
    return list[index].range
  }

  /// Where a column is written among those of a feature.
  static func place(
    of column: String, amongColumnsOf feature: FeatureDeclaration, in node: Node
  ) -> SourceRange {
    place(
      ofColumn: feature.columns.firstIndex { $0.text == column } ?? 0, of: feature.name, in: node)
  }
}
