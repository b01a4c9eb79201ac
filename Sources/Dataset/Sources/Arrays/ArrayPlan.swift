internal import Diagnostics
internal import Options

/// Which arrays make which feature, and which are the target, the group and the split of rows.
struct ArrayPlan: Sendable {
  var inputs: [ArrayInput] = []
  /// The arrays that are to be predicted.
  private(set) var targets: [String] = []
  let group: String?
  let split: String?

  /// What was told from shapes that could have meant something else.
  var remarks: [String] = []

  /// The arrays of the first part, which those of all others are like.
  let first: ArrayPart
  let layout: ImageLayout?

  /// The target where the request names none, if there is such an array.
  static let usualTarget = "label"

  /// - Parameter layout: Where the channels of pictures are; nil where the shapes tell.
  init(
    _ parts: [ArrayPart], _ request: RowRequest, layout: ImageLayout?
  ) throws(ArrayMisfit) {
    guard let first = parts.first else {
      throw ArrayMisfit(Diagnostic("there is no array to load"))
    }
    self.first = first
    self.layout = layout
    let isOpen = request.task != RowRequest.Task.none
    group = request.group
    split = request.split
    for (name, path) in [(group, ["split", "group"]), (split, ["split", "column"])] {
      guard let name else { continue }
      try requireOneColumn(name, path)
    }
    if isOpen { try addTargets(request) }
    if request.features.isEmpty {
      try addAll()
    } else {
      for feature in request.features { try add(feature) }
    }
    guard !inputs.isEmpty else {
      throw ArrayMisfit(
        Diagnostic(
          "no array is left to be a feature",
          remedy: "the arrays are \(first.names.joined(separator: ", "))"))
    }
    try requireAlike(parts)
  }

  private static func usualTarget(_ part: ArrayPart) -> String? {
    part.arrays[usualTarget] == nil ? nil : usualTarget
  }

  /// The arrays that say how rows are split.
  private var roles: [String] { [group, split].compactMap { $0 } }

  /// The arrays that are no features.
  var taken: Set<String> { Set(targets + roles) }

  /// What the values of the targets are called, those of an array of several by their places.
  var targetColumns: [String] {
    targets.compactMap { first.arrays[$0] }.flatMap(Self.elements)
  }

  /// Whether the target is a single value of each row, and may be a class.
  var hasOneTarget: Bool { targetColumns.count == 1 }

  private mutating func addTargets(_ request: RowRequest) throws(ArrayMisfit) {
    guard !request.targets.isEmpty else {
      targets = Self.usualTarget(first).map { [$0] } ?? []
      for name in targets { try requireOneColumn(name, ["target"]) }
      return
    }
    for pattern in request.targets {
      let isName = first.names.contains(pattern.text)
      let found = isName ? [pattern.text] : first.names.filter(pattern.matches)
      // A name that is no array's is looked for as one.
      if found.isEmpty { _ = try array(pattern.text, ["target"]) }
      for name in found where !targets.contains(name) { targets.append(name) }
    }
    for name in targets { try requireValues(of: name, request.task) }
    let texts = targets.filter { first.arrays[$0]?.layout.element.isText ?? false }
    if let text = texts.first, targets.count > 1 {
      throw ArrayMisfit(
        path: ["target"],
        Diagnostic(
          "the array '\(text)' of several to predict holds no numbers",
          remedy: "name arrays of numbers, or of 0 and 1, or a single array"))
    }
    if targets.count > 1, request.task == .classification {
      throw ArrayMisfit(
        path: ["target"],
        Diagnostic(
          "'target' names \(targets.count) arrays, and a class is told by one",
          remedy: "write 'task: multi-label' for arrays of 0 and 1, or name one array"))
    }
  }

  /// Holds an array of values to predict against what may be learnt of it.
  private func requireValues(
    of name: String, _ task: RowRequest.Task?
  ) throws(ArrayMisfit) {
    let array = try array(name, ["target"])
    let isFlat = array.layout.shape.count <= 2 && array.layout.width > 0
    guard !array.layout.shape.isEmpty, isFlat, array.layout.width <= Self.mostTargets,
      task != .classification, !array.layout.element.isText
    else { return try requireOneColumn(name, ["target"]) }
  }

  /// More values are not predicted together.
  private static let mostTargets = 1 << 16

  /// The names of all arrays that are read.
  var names: [String] {
    var names = inputs.flatMap(\.arrays)
    names += targets + roles
    var known: Set<String> = []
    return names.filter { known.insert($0).inserted }
  }

  func array(_ name: String, _ path: [String]) throws(ArrayMisfit) -> StoredArray {
    if let array = first.arrays[name] { return array }
    if let unread = first.unread[name] { throw ArrayMisfit(path: path, unread.problem) }
    var problem = Diagnostic("there is no array '\(name)'")
    if let near = nearestName(to: name, in: first.names) { problem.notes.append(.didYouMean(near)) }
    problem.notes.append(Note("the arrays are \(first.names.joined(separator: ", "))"))
    throw ArrayMisfit(path: path, problem)
  }

  private func requireOneColumn(_ name: String, _ path: [String]) throws(ArrayMisfit) {
    let array = try array(name, path)
    guard array.layout.shape.count >= 1, array.layout.width == 1 else {
      throw ArrayMisfit(
        path: path,
        array.problem(
          "has the shape \(ArrayLayout.text(array.layout.shape)), where '\(path.last ?? "")' needs one "
            + "value for each row",
          remedy: "name an array of the shape [N], such as the positions that "
            + "`x.argmax(axis=1)` gives of indicators"))
    }
  }

  /// Refuses parts that lack an array, or have one of other rows.
  private func requireAlike(_ parts: [ArrayPart]) throws(ArrayMisfit) {
    for part in parts {
      var rows: (StoredArray, Int)?
      for name in names {
        guard let array = part.arrays[name], let model = first.arrays[name] else {
          throw ArrayMisfit(
            part.unread[name]?.problem
              ?? Diagnostic(
                "the array '\(name)' is not among those of '\(part.fileName)'",
                remedy: "they are \(part.names.joined(separator: ", "))"))
        }
        guard array.layout.rowShape == model.layout.rowShape else {
          throw ArrayMisfit(
            array.problem(
              "has rows of the shape \(ArrayLayout.text(array.layout.rowShape)) where \(model.title) has "
                + "\(ArrayLayout.text(model.layout.rowShape))",
              remedy: "bring the arrays to one shape, or load one of the files"))
        }
        guard array.layout.element.isText == model.layout.element.isText else {
          throw ArrayMisfit(
            array.problem(
              "holds \(array.layout.element.noun) where \(model.title) holds "
                + "\(model.layout.element.noun)", remedy: "save both as texts, or both as numbers"))
        }
        if let (other, count) = rows, count != array.layout.rows {
          throw ArrayMisfit(
            array.problem(
              "has \(array.layout.rows.counted("row")) where \(other.title) has "
                + "\(count.counted("row"))",
              remedy: "declare which arrays are features, such as `features: {\(first.names[0]): "
                + "\(first.names[0])}`, where others belong to other rows"))
        }
        rows = rows ?? (array, array.layout.rows)
      }
    }
  }
}
