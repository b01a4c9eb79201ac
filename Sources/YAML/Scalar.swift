extension Node {
  /// A scalar's text and the way it was written.
  package struct Scalar: Hashable, Sendable {
    package enum Style: Hashable, Sendable {
      case plain, singleQuoted, doubleQuoted, literal, folded
    }

    package var text: String
    package var style: Style

    /// The scalar as the file has it, quotes and indentation included, where that differs from the text
    /// by more than a pair of quotes.
    var source: String?

    package init(_ text: String, style: Style = .plain) {
      self.text = text
      self.style = style
    }

    /// What the scalar stands for under YAML 1.2's core schema: only plain scalars are anything but
    /// strings, and `no`, `on` and `1_000` are strings.
    package var value: Value { style == .plain ? CoreSchema.resolve(text) : .string(text) }
  }
}

extension Node.Scalar {
  package static func == (left: Self, right: Self) -> Bool {
    left.text == right.text && left.style == right.style
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(style)
  }
}
