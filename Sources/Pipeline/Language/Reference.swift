/// A `${…}` in a scalar.
struct Reference: Hashable, Sendable {
  /// What stands between the braces.
  let text: String

  /// Where it begins, in Unicode scalars of the text, and how far it reaches, braces included.
  let offset: Int
  let length: Int

  enum Space: String, CaseIterable {
    case vars, env, matrix
  }

  /// The part before the first dot, if it is one that exists.
  var space: Space? {
    path.first.flatMap { Space(rawValue: $0) }
  }

  /// The names between the dots.
  var path: [String] {
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
enum TemplatePart: Hashable, Sendable {
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

  /// Takes a text apart. `$${` stands for a literal `${`.
  static func parts(of text: String) -> [TemplatePart] {
    let scalars = Array(text.unicodeScalars)
    var parts: [TemplatePart] = []
    var plain = String.UnicodeScalarView()
    var index = 0
    func starts(_ pattern: String, at index: Int) -> Bool {
      scalars[index...].starts(with: pattern.unicodeScalars)
    }
    while index < scalars.count {
      if starts("$${", at: index) {
        plain.append(contentsOf: "${".unicodeScalars)
        index += 3
      } else if starts("${", at: index) {
        if !plain.isEmpty { parts.append(.text(String(plain))) }
        plain = String.UnicodeScalarView()
        guard let end = scalars[index...].firstIndex(of: "}") else {
          return parts + [.unclosed(offset: index, length: scalars.count - index)]
        }
        let inner = String(String.UnicodeScalarView(scalars[index + 2..<end]))
        parts.append(
          .reference(Reference(text: inner, offset: index, length: end + 1 - index)))
        index = end + 1
      } else {
        plain.append(scalars[index])
        index += 1
      }
    }
    if !plain.isEmpty || parts.isEmpty { parts.append(.text(String(plain))) }
    return parts
  }
}
