/// A `${…}` in a scalar.
package struct Reference: Hashable, Sendable {
  /// What stands between the braces.
  package let text: String

  /// Where it begins, in Unicode scalars of the text, and how far it reaches, braces included.
  package let offset: Int
  package let length: Int

  /// Whether references within it were filled in, so that its text is not as it is written.
  var isFilledIn = false

  /// What stands between the braces taken apart, where there are references in it: these are filled in
  /// first, and what comes out is the path.
  var inner: [TemplatePart] = []

  package enum Space: String, CaseIterable {
    case vars, env, matrix
  }

  /// The part before the first dot, if it is one that exists.
  package var space: Space? {
    path.first.flatMap { Space(rawValue: $0) }
  }

  /// The names between the dots.
  package var path: [String] {
    text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// The reference as it would be written with another name at a place of its path.
  func written(naming name: String, at index: Int) -> String {
    var path = path
    path[index] = name
    return "${\(path.joined(separator: "."))}"
  }
}

/// A scalar's text taken apart into what stands as it is and what refers to something.
package enum TemplatePart: Hashable, Sendable {
  case text(String)
  case reference(Reference)
  /// A `${` without its `}`, at an offset in Unicode scalars.
  case unclosed(offset: Int, length: Int)

  /// Where a reference stands, whole or not, in Unicode scalars of the text.
  var extent: (offset: Int, length: Int)? {
    switch self {
    case .text: nil
    case .reference(let reference): (reference.offset, reference.length)
    case .unclosed(let offset, let length): (offset, length)
    }
  }

  /// Takes a text apart. `$${` stands for a literal `${`; references may hold others.
  package static func parts(of text: String) -> [TemplatePart] {
    parts(of: Array(text.unicodeScalars)[...])
  }

  /// - Parameter scalars: A part of a text's Unicode scalars, whose indices are those of the text.
  private static func parts(of scalars: ArraySlice<Unicode.Scalar>) -> [TemplatePart] {
    var parts: [TemplatePart] = []
    var plain = String.UnicodeScalarView()
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let rest = scalars[index...]
      if rest.starts(with: "$${".unicodeScalars) {
        plain.append(contentsOf: "${".unicodeScalars)
        index += 3
      } else if rest.starts(with: "${".unicodeScalars) {
        if !plain.isEmpty { parts.append(.text(String(plain))) }
        plain = String.UnicodeScalarView()
        guard let end = end(of: rest) else {
          return parts + [.unclosed(offset: index, length: scalars.endIndex - index)]
        }
        parts.append(.reference(reference(scalars[index...end])))
        index = end + 1
      } else {
        plain.append(scalars[index])
        index += 1
      }
    }
    if !plain.isEmpty || parts.isEmpty { parts.append(.text(String(plain))) }
    return parts
  }

  /// The brace that closes the reference with which a part of a text begins.
  private static func end(of scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    if scalars.starts(with: "${{".unicodeScalars),
      let close = scalars.firstRange(of: "}}".unicodeScalars),
      !scalars[..<close.lowerBound].contains("\n")
    {
      // As GitHub Actions has it, which is told for what it is.
      return close.upperBound - 1
    }
    var depth = 0
    var index = scalars.startIndex
    while index < scalars.endIndex {
      if scalars[index] == "}" {
        depth -= 1
        if depth == 0 { return index }
      } else if scalars[index...].starts(with: "${".unicodeScalars) {
        depth += 1
        index += 1
      }
      index += 1
    }
    return nil
  }

  private static func reference(_ written: ArraySlice<Unicode.Scalar>) -> Reference {
    let within = written.dropFirst(2).dropLast()
    var reference = Reference(
      text: String(String.UnicodeScalarView(within)), offset: written.startIndex,
      length: written.count)
    if reference.text.contains("${") { reference.inner = parts(of: within) }
    return reference
  }
}
