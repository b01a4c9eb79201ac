internal import Artifacts
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import YAML

/// What a trained model goes by and where it goes wrong, as its artifact has it.
struct ExplanationSection {
  private let stage: StageRecord
  private let explanation: Value
  private let pictures: [(title: String, kind: String, bytes: [UInt8])]

  private static let folder = "explanation"
  private static let mostBytes = 4 << 20
  private static let mostRows = 10

  /// Fails where the model is not explained, or its files are not in the store any more.
  init?(_ stage: StageRecord, in store: Store) {
    guard stage.result?.metrics["explanation"] != nil, let tree = stage.result?.output,
      let bytes = store.contents(
        of: Self.folder + "/explanation.json", in: tree, atMost: Self.mostBytes),
      let explanation = try? Value(parsingJSON: bytes, file: "explanation.json")
    else { return nil }
    self.stage = stage
    self.explanation = explanation
    pictures = (explanation["pictures"]?.array ?? []).compactMap { picture in
      guard let file = picture["file"]?.string, !file.contains("/"),
        let bytes = store.contents(
          of: Self.folder + "/" + file, in: tree, atMost: Self.mostBytes)
      else { return nil }
      let title = picture["title"]?.string ?? file
      if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) { return (title, "png", bytes) }
      return file.hasSuffix(".svg") ? (title, "svg+xml", bytes) : nil
    }
  }

  var html: HTML {
    let split = explanation["split"]?.string ?? ""
    let rows = explanation["rows"]?.int ?? 0
    let figures = pictures.map { picture in
      // As an image, whatever is in it runs no script.
      let data = Data(picture.bytes).base64EncodedString()
      return """
        <figure><img class="samples" alt="\(picture.title)" src="data:image/\(picture.kind);base64,\(data)">\
        <figcaption>\(picture.title)</figcaption></figure>
        """ as HTML
    }
    return """
      <p><a href="#\(stage.anchor)">\(stage.address)</a>, by \(Figure.count(rows)) \(split) rows:</p>
      <div class="curves">\(HTML(figures))</div>
      \(worst)
      \(completeness)
      """
  }

  private var worst: HTML {
    let rows = (explanation["worst"]?.array ?? []).prefix(Self.mostRows)
    guard !rows.isEmpty else { return "" }
    let lines = rows.map { row in
      """
      <tr><td>\(row["row"]?.string ?? "")</td><td>\(row["truth"]?.string ?? "")</td>\
      <td>\(row["answer"]?.string ?? "")</td>\
      <td class="number">\(row["loss"]?.number.map { Figure.number($0) } ?? "")</td></tr>
      """ as HTML
    }
    return """
      <h4>The worst answers</h4><div class="wide"><table><thead><tr><th>row</th><th>truth</th>\
      <th>answer</th><th class="number">loss</th></tr></thead><tbody>\(HTML(lines))</tbody></table></div>
      """
  }

  private var completeness: HTML {
    guard let error = explanation["completeness"]?["largest-error"]?.number else { return "" }
    return """
      <p>Integrated gradients sum up to the answer less that of the mean row within \
      \(Figure.number(error)).</p>
      """
  }
}
