internal import Dataset
internal import Diagnostics
internal import Network
internal import Options
internal import Tensor

/// What one method does to one feature: all of its elements, or some of a list of numbers.
struct NormalizedPart {
  let feature: Feature

  /// The place of the method in the stage's list.
  let method: Int

  /// The places of the elements; nil for all.
  let elements: [Int]?

  /// The shape of what is normalised of a row.
  var shape: [Int] { elements.map { [$0.count] } ?? feature.shape }

  /// The names of the elements where each has one.
  var names: [String] {
    guard let elements else { return feature.elements }
    return elements.map { feature.elements[$0] }
  }

  /// What is normalised of rows `[N] + feature.shape`.
  func values(of rows: Tensor) throws(Diagnostic) -> Tensor {
    guard let elements else { return rows }
    return try rows.select(1, indices: elements)
  }
}

extension NormalizedPart {
  /// Shares the features out among methods: to each what its patterns name, and to one without patterns
  /// what the others leave.
  ///
  /// - Throws: A diagnostic where a pattern names nothing, two methods take the same, or a part of an
  ///   image is named.
  static func all(_ methods: [Normalize.Method], of features: [Feature]) throws -> [NormalizedPart]
  {
    let known = features.flatMap { [$0.name] + $0.elements }
    for pattern in methods.flatMap(\.columns)
    where !known.contains(where: { pattern.picks($0, among: known) }) {
      var problem = Diagnostic("nothing to normalise is named '\(pattern.text)'")
      if let near = nearestName(to: pattern.text, in: known) {
        problem.notes.append(.didYouMean(near))
      }
      throw problem.adding(remedy: "there are \(known.prefix(12).joined(separator: ", "))")
    }
    return try features.flatMap { try parts(methods, of: $0, among: known) }
  }

  private static func parts(
    _ methods: [Normalize.Method], of feature: Feature, among known: [String]
  ) throws -> [NormalizedPart] {
    let rest = methods.indices.first { methods[$0].columns.isEmpty }
    let names = feature.shape.count == 1 && feature.elements.count == feature.width
    var taken = [Int?](repeating: nil, count: feature.width)
    for (index, method) in methods.enumerated() where !method.columns.isEmpty {
      func isPicked(_ name: String) -> Bool {
        method.columns.contains { $0.picks(name, among: known) }
      }
      let picked =
        isPicked(feature.name)
        ? Array(0..<feature.width)
        : feature.elements.indices.filter { isPicked(feature.elements[$0]) }
      guard names || picked.isEmpty || picked.count == feature.width else {
        throw Diagnostic(
          "'\(feature.name)' can be normalised as a whole only, not \(picked.count) of its "
            + "\(feature.width) elements", remedy: "write 'columns: \(feature.name)'")
      }
      for element in picked {
        if taken[element] != nil {
          let name = names ? feature.elements[element] : feature.name
          throw Diagnostic(
            "'\(name)' is normalised by two methods of the stage",
            remedy: "let the patterns of one leave it out, or use a stage for each")
        }
        taken[element] = index
      }
    }
    if let rest, !methods[rest].isForImages || feature.kind == .image {
      taken = taken.map { $0 ?? rest }
    }
    return methods.indices.compactMap { method in
      let elements = taken.indices.filter { taken[$0] == method }
      guard !elements.isEmpty else { return nil }
      return NormalizedPart(
        feature: feature, method: method,
        elements: elements.count == feature.width ? nil : elements)
    }
  }
}

extension Pattern {
  /// Whether the pattern means a name; one that is itself a name means that alone.
  fileprivate func picks(_ name: String, among known: [String]) -> Bool {
    known.contains(text) ? text == name : matches(name)
  }
}
