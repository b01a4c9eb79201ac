extension Network {
  /// A table of the layers with their shapes, parameters and multiplications, for people.
  package var summary: String {
    var rows = [["layer", "type", "reads", "output", "parameters", "MACs"]]
    for input in inputs {
      rows.append([input.name, "input (\(input.kind.rawValue))", "", text(input.shape), "", ""])
    }
    for node in nodes {
      let shapes = inputShapes(of: node)
      let learned = saturatingSum(specs(of: node).filter { $0.role != .buffer }.map(\.count))
      let products = node.layer.multiplyAccumulates(shapes)
      rows.append([
        node.name, type(of: node.layer).type, node.inputs.joined(separator: ", "),
        text(self.shapes[node.name] ?? []), learned == 0 ? "" : grouped(learned),
        products == 0 ? "" : grouped(products),
      ])
    }
    rows.append(["total", "", "", "", grouped(parameterCount), grouped(multiplyAccumulates)])
    return aligned(rows)
  }

  private func text(_ shape: [Int]) -> String {
    shape.map(String.init).joined(separator: "x")
  }

  /// Digits in groups of three.
  private func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.reduce(into: "") { text, index in
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digits[index])
    }
  }

  /// Pads columns to one width: words to the left, numbers (the last two) to the right.
  private func aligned(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column >= row.count - 2 ? padding + row[column] : row[column] + padding
      }.joined(separator: "  ")
    }
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
