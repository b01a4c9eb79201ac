internal import Dataset
internal import Diagnostics
internal import Glibc
internal import Tensor
internal import YAML

/// How near rows are to the ones that they should be, before they were cleaned and after.
///
/// Rows are found by their ids: both datasets are loaded from as many files or lines in the same order.
struct ReferenceComparison {
  let before: Dataset
  let after: Dataset
  let reference: Dataset

  /// For each split and each feature that all have in the same form: of images of bytes the mean
  /// peak signal-to-noise ratio in dB, of numbers the root of the mean squared error.
  func value() throws -> Value {
    let features = before.description.features.filter { feature in
      let isThere = [after, reference].allSatisfy { dataset in
        dataset.description.feature(feature.name).map {
          $0.type == feature.type && $0.shape == feature.shape
        } ?? false
      }
      return isThere && [.uint8, .float32].contains(feature.type)
    }
    guard !features.isEmpty else {
      throw Diagnostic(
        "the reference has no feature of the data's names and shapes to compare with",
        remedy: "load it with the same settings as the data")
    }
    let (rows, old) = (RowFinder(reference), RowFinder(before))
    var splits: [String: Value] = [:]
    for split in after.splits {
      var figures: [String: Value] = [:]
      for feature in features {
        figures[feature.name] =
          feature.type == .uint8
          ? try pictures(feature, split, rows, old) : try numbers(feature, split, rows, old)
      }
      splits[split.rawValue] = .object(figures)
    }
    return .object(splits)
  }

  private func pictures(
    _ feature: Feature, _ split: SplitName, _ rows: RowFinder, _ old: RowFinder
  ) throws -> Value {
    var sums = (before: 0.0, after: 0.0, count: 0)
    try after[split]?.forEachBlock(of: max(1, (4 << 20) / feature.width)) { block in
      guard case .uint8(let cleaned)? = block.features[feature.name],
        case .uint8(let wanted)? = try rows.values(feature.name, of: block.rows),
        case .uint8(let noisy)? = try old.values(feature.name, of: block.rows)
      else { return }
      for start in stride(from: 0, to: cleaned.count, by: feature.width) {
        let range = start..<start + feature.width
        sums.before += Self.decibels(noisy[range], wanted[range])
        sums.after += Self.decibels(cleaned[range], wanted[range])
        sums.count += 1
      }
    }
    guard sums.count > 0 else { return ["rows": 0] }
    return [
      "rows": .int(sums.count),
      "psnr": [
        "before": .double(sums.before / Double(sums.count)),
        "after": .double(sums.after / Double(sums.count)),
      ],
    ]
  }

  /// 10 log₁₀(255² / mean squared error), for equal pictures that of an error of one level in one byte.
  private static func decibels(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Double {
    let sum = zip(one, other).reduce(0) { $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1)) }
    return 10 * log10(255 * 255 * Double(one.count) / Double(max(sum, 1)))
  }

  private func numbers(
    _ feature: Feature, _ split: SplitName, _ rows: RowFinder, _ old: RowFinder
  ) throws -> Value {
    var known = (before: 0.0, after: 0.0, count: 0)
    var filled = (sum: 0.0, count: 0)
    try after[split]?.forEachBlock(of: max(1, (1 << 20) / feature.width)) { block in
      guard case .float32(let cleaned)? = block.features[feature.name],
        case .float32(let wanted)? = try rows.values(feature.name, of: block.rows),
        case .float32(let noisy)? = try old.values(feature.name, of: block.rows)
      else { return }
      for index in cleaned.indices where wanted[index].isFinite && cleaned[index].isFinite {
        let error = Double(cleaned[index]) - Double(wanted[index])
        if noisy[index].isFinite {
          let old = Double(noisy[index]) - Double(wanted[index])
          known.before += old * old
          known.after += error * error
          known.count += 1
        } else {
          filled.sum += error * error
          filled.count += 1
        }
      }
    }
    func root(_ sum: Double, _ count: Int) -> Value {
      .double(count > 0 ? (sum / Double(count)).squareRoot() : 0)
    }
    return [
      "rmse": ["before": root(known.before, known.count), "after": root(known.after, known.count)],
      "filled": ["values": .int(filled.count), "rmse": root(filled.sum, filled.count)],
    ]
  }
}

/// Finds rows of a dataset by their ids, whatever their split.
private struct RowFinder {
  private let dataset: Dataset
  private let places: [Int64: (split: SplitName, row: Int)]

  init(_ dataset: Dataset) {
    self.dataset = dataset
    var places: [Int64: (split: SplitName, row: Int)] = [:]
    for split in dataset.splits {
      for (row, id) in (dataset[split]?.rowIDs() ?? []).enumerated() { places[id] = (split, row) }
    }
    self.places = places
  }

  /// The values of a feature for rows in their order.
  func values(_ feature: String, of rows: [Int64]) throws(Diagnostic) -> ColumnValues? {
    var joined: ColumnValues?
    for id in rows {
      guard let place = places[id] ?? places[RowCopy(id: id).row] else {
        throw Diagnostic(
          "\(dataset.description.name(of: id)) is not in the reference",
          remedy: "load both from the same rows in the same order")
      }
      guard let values = dataset[place.split]?.block(at: [place.row]).features[feature] else {
        return nil
      }
      if joined == nil { joined = values } else { joined?.append(values) }
    }
    return joined
  }
}
