package import Diagnostics
package import YAML

/// A number of bytes, written `2GiB`, `1.5GB` or plainly `4096`.
package struct ByteCount: NumberOption, Hashable {
  package var bytes: Int

  package init(_ bytes: Int) {
    self.bytes = bytes
  }

  package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }

  package static var schema: Schema {
    .either([
      .integer(Interval(lower: .init(value: 0, isIncluded: true))),
      .text(
        Schema.TextForm(
          name: "number of bytes", pattern: "^[0-9]*\\.?[0-9]+ ?([KMGT]i?)?B$", example: "2GiB")),
    ])
  }

  package var value: Value { .int(bytes) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> ByteCount? {
    switch node.scalar?.value {
    case .int(let bytes) where bytes >= 0: return ByteCount(bytes)
    case .string(let text):
      if let count = ByteCount(text) { return count }
    default: break
    }
    problems.add(
      .mismatch(
        expected: "a number of bytes", found: node,
        remedy: remedy(for: node)))
    return nil
  }
}

extension ByteCount {
  private static func remedy(for node: Node) -> String {
    if let text = node.scalar?.text, let letter = text.last, "KMGTkmgt".contains(letter),
      Double(text.dropLast()) != nil
    {
      return
        "write \(text.dropLast())\(letter.uppercased())iB or \(text.dropLast())\(letter.uppercased())B"
    }
    return "write a number and 'KiB', 'MiB', 'GiB' or 'TiB', for example '2GiB'"
  }
}

extension ByteCount: LosslessStringConvertible {
  private static let units: [(name: String, size: Int)] = [
    ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
    ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000), ("B", 1),
  ]

  package init?(_ description: String) {
    let compact = description.filter { $0 != " " }
    guard let parts = Quantity.parts(compact), let part = parts.first, parts.count == 1,
      let unit = Self.units.first(where: { $0.name.lowercased() == part.unit.lowercased() }),
      let bytes = Int(exactly: (part.number * Double(unit.size)).rounded())
    else { return nil }
    self.init(bytes)
  }

  /// The count in the largest binary unit that divides it, such as `2GiB`.
  package var description: String {
    let unit = Self.units.prefix(4).first { bytes >= $0.size && bytes % $0.size == 0 }
    return unit.map { "\(bytes / $0.size)\($0.name)" } ?? "\(bytes)B"
  }
}

extension ByteCount {
  /// A number of bytes with three digits and a unit, such as `1.25 GiB`, for people.
  package static func rounded(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var amount = Double(bytes)
    var unit = 0
    while amount >= 1000, unit < units.count - 1 {
      amount /= 1024
      unit += 1
    }
    let scale = amount >= 100 || unit == 0 ? 1.0 : amount >= 10 ? 10 : 100
    let shown = (amount * scale).rounded() / scale
    let text = shown == shown.rounded() ? String(Int(shown)) : String(shown)
    return "\(text) \(units[unit])"
  }
}
