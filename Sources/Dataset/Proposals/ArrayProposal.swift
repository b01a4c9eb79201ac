internal import Diagnostics
internal import Network
internal import Options
internal import YAML

/// Finds out which array of files is to be predicted, and which are features of the same rows.
struct ArrayProposal {
  private(set) var result = SourceProposal()

  init(
    _ source: any ArrayFiles.Type, _ patterns: [PathPattern], target: String?,
    in search: FileSearch
  ) throws {
    let listing = try source.listing(search.files(patterns))
    guard let part = listing.parts.first else { throw Diagnostic("there is no array to load") }
    let arrays = part.names.compactMap { part.arrays[$0] }.filter { !$0.layout.shape.isEmpty }
    let named = try target.map { name throws(Diagnostic) -> StoredArray in
      if let array = part.arrays[name] { return array }
      var problem = Diagnostic("there is no array '\(name)'")
      if let near = nearestName(to: name, in: part.names) {
        problem.notes.append(.didYouMean(near))
      }
      throw problem.adding(remedy: "the arrays are \(part.names.joined(separator: ", "))")
    }
    guard let chosen = named ?? Self.choice(arrays) else {
      throw Diagnostic(
        "no array has one value for each row, which could be predicted",
        remedy: "name one with --target; the arrays are \(part.names.joined(separator: ", "))")
    }
    let features = arrays.filter {
      $0.name != chosen.name && $0.layout.rows == chosen.layout.rows && $0.layout.width > 0
    }
    guard !features.isEmpty else {
      throw Diagnostic(
        "no array has as many rows as '\(chosen.name)', \(chosen.layout.rows)",
        remedy: "name another to predict with --target; the arrays are "
          + part.names.joined(separator: ", "))
    }
    result.take(splits: listing.splits)
    result.notes = listing.remarks
    if source.grouping != .mnist || named != nil { result.set("target", .string(chosen.name)) }
    if named == nil {
      result.remarks.append("predicts '\(chosen.name)'; --target names another")
    }
    let others = part.names.filter { name in
      name != chosen.name && !features.contains { $0.name == name }
    }
    if !others.isEmpty {
      result.set(
        "features",
        .object(
          Dictionary(features.map { ($0.name, .string($0.name)) }) { first, _ in first }))
      result.remarks += others.map { "leaves out '\($0)', which has other rows or cannot be read" }
    }
    try learn(listing, chosen.name, features.map(\.name), others.isEmpty, source.key)
  }

  /// Reads the target, and what the features are.
  private mutating func learn(
    _ listing: ArrayListing, _ target: String, _ features: [String], _ areAll: Bool, _ key: String
  ) throws {
    var request = RowRequest()
    request.targets = [Pattern(target)].compactMap { $0 }
    if !areAll {
      request.features = features.compactMap { name in
        Pattern(name).map { FeatureDeclaration(name: name, columns: [$0]) }
      }
    }
    do throws(ArrayMisfit) {
      var source = try ArraySource(listing, request, layout: nil, format: key)
      do {
        var bad = BadRows(.skip)
        let facts = try source.survey(&bad)
        result.rows = facts.count
        if bad.count > 0 {
          result.set("bad-rows", "skip")
          result.remarks.append(
            "leaves out \(bad.count.counted("row")) without a value of '\(target)'")
        }
      } catch {
        throw ArrayMisfit(error as? Diagnostic ?? Diagnostic("\(error)"))
      }
      result.hasClasses = source.target?.task == .classification
      result.kinds = Set(source.features.map(\.kind))
      if result.kinds == [.image] {
        result.side = source.features.flatMap { $0.shape.dropFirst() }.min()
      }
    } catch {
      throw error.problem
    }
  }

  /// The array to predict where nobody names one: of a usual name, else the last of one value in each row,
  /// whole numbers and texts before others.
  private static func choice(_ arrays: [StoredArray]) -> StoredArray? {
    if let usual = arrays.first(where: { $0.name.namesTarget && $0.layout.shape.count <= 2 }) {
      return usual
    }
    let single = arrays.filter { $0.layout.width == 1 }
    return single.last { $0.layout.element.isInteger || $0.layout.element.isText } ?? single.last
  }
}
