internal import Diagnostics
internal import Network
internal import Options
internal import Tensor

extension ArrayPlan {
  /// Every array that is no target, group or split is a feature.
  mutating func addAll() throws(ArrayMisfit) {
    for name in first.names where !taken.contains(name) {
      if let unread = first.unread[name] {
        throw ArrayMisfit(
          unread.problem.adding(
            remedy: "where it is not needed, declare the features, such as "
              + "`features: {x: x}`"))
      }
      guard let array = first.arrays[name] else { continue }
      if array.layout.shape.isEmpty {
        remarks.append("\(array.title) is a single value, and is left out")
        continue
      }
      inputs.append(try input(name, nil, nil, [array], []))
    }
  }

  mutating func add(_ declared: FeatureDeclaration) throws(ArrayMisfit) {
    let path = ["features", declared.name]
    let taken = taken
    var names: [String] = []
    for (index, pattern) in declared.columns.enumerated() {
      let isName = first.names.contains(pattern.text)
      let matches = first.names.filter {
        isName ? $0 == pattern.text : pattern.matches($0) && !taken.contains($0)
      }
      guard !matches.isEmpty else {
        var problem = Diagnostic(
          "no array matches '\(pattern.text)' of the feature '\(declared.name)'")
        if let near = nearestName(to: pattern.text, in: first.names) {
          problem.notes.append(.didYouMean(near))
        }
        problem.notes.append(Note("the arrays are \(first.names.joined(separator: ", "))"))
        throw ArrayMisfit(path: path + ["columns"], element: index, problem)
      }
      for name in matches where !names.contains(name) { names.append(name) }
    }
    if let role = names.first(where: taken.contains) {
      throw ArrayMisfit(
        path: path + ["columns"],
        Diagnostic(
          "'\(role)' is \(targets.contains(role) ? "the target" : "what rows are split by"), and cannot be a part "
            + "of the feature '\(declared.name)' too",
          remedy: "take it out of the feature's columns"))
    }
    var arrays: [StoredArray] = []
    for name in names { arrays.append(try array(name, path)) }
    inputs.append(
      try input(declared.name, declared.kind, declared.picture, arrays, path))
  }

  private mutating func input(
    _ name: String, _ kind: FeatureKind?, _ picture: Picture?, _ arrays: [StoredArray],
    _ path: [String]
  ) throws(ArrayMisfit) -> ArrayInput {
    for array in arrays where array.layout.shape.isEmpty || array.layout.width == 0 {
      throw ArrayMisfit(
        path: path,
        array.problem(
          "has the shape \(ArrayLayout.text(array.layout.shape)), which has no rows with values",
          remedy: "the first axis is that of the rows; declare the features without it"))
    }
    let array = arrays[0]
    let isText = array.layout.element.isText
    let kind = kind ?? (picture != nil ? .image : isText ? .category : Self.kind(of: arrays))
    guard arrays.allSatisfy({ $0.layout.element.isText == isText }), !isText || kind == .category
    else {
      throw ArrayMisfit(
        path: path,
        array.problem(
          "holds \(array.layout.element.noun), and cannot be a part of the \(kind.traits.noun) "
            + "'\(name)'",
          remedy: "declare a category of it: `features: {\(name): {columns: "
            + "\(array.name), kind: category}}`"))
    }
    switch kind {
    case .category: return try category(name, arrays, path)
    case .image: return try image(name, arrays, picture, path)
    case .numbers: return try numbers(name, arrays, path)
    default:
      throw ArrayMisfit(
        path: path,
        Diagnostic(
          "arrays hold numbers, categories or images, and '\(name)' is to be a \(kind.traits.noun)",
          remedy: "load a table for it, such as a Parquet file"))
    }
  }

  /// What arrays of numbers are where nobody says: pictures have three axes, or two of bytes.
  private static func kind(of arrays: [StoredArray]) -> FeatureKind {
    guard arrays.count == 1 else { return .numbers }
    let layout = arrays[0].layout
    switch layout.rowShape.count {
    case 2: return layout.element.kind == .unsigned && layout.element.size == 1 ? .image : .numbers
    case 3: return .image
    default: return .numbers
    }
  }

  private func category(
    _ name: String, _ arrays: [StoredArray], _ path: [String]
  ) throws(ArrayMisfit) -> ArrayInput {
    guard arrays.count == 1, arrays[0].layout.width == 1 else {
      throw ArrayMisfit(
        path: path,
        Diagnostic(
          "the category '\(name)' has \(arrays.reduce(0) { $0 + $1.layout.width }) values in each row",
          remedy: "declare one feature for each array of the shape [N]"))
    }
    return ArrayInput(
      feature: Feature(
        name: name, kind: .category, shape: [1], type: FeatureKind.category.traits.type,
        columns: [arrays[0].name]), arrays: [arrays[0].name], arrangement: .codes)
  }

  /// More numbers are not kept for a row.
  private static let mostNumbers = 1 << 20

  private func numbers(
    _ name: String, _ arrays: [StoredArray], _ path: [String]
  ) throws(ArrayMisfit) -> ArrayInput {
    let width = arrays.reduce(0) { $0 + $1.layout.width }
    guard width <= Self.mostNumbers, arrays[0].layout.rowShape.count <= 4 else {
      throw ArrayMisfit(
        path: path,
        arrays[0].problem(
          "has rows of the shape \(ArrayLayout.text(arrays[0].layout.rowShape)), more than a feature has",
          remedy: "at most 4 axes and \(Self.mostNumbers) numbers are one; save parts of it"))
    }
    let shape = arrays.count == 1 ? arrays[0].layout.rowShape : []
    return ArrayInput(
      feature: Feature(
        name: name, kind: .numbers, shape: shape.count < 2 ? [width] : shape,
        type: FeatureKind.numbers.traits.type, columns: arrays.flatMap(Self.elements)),
      arrays: arrays.map(\.name), arrangement: .asStored)
  }

  /// The names of an array's elements: its own where a row has one, or with their places, as `x_0`.
  static func elements(_ array: StoredArray) -> [String] {
    array.layout.rowShape.filter { $0 != 1 }.reduce([array.name]) { names, length in
      names.flatMap { name in (0..<length).map { "\(name)_\($0)" } }
    }
  }

  private mutating func image(
    _ name: String, _ arrays: [StoredArray], _ picture: Picture?, _ path: [String]
  ) throws(ArrayMisfit) -> ArrayInput {
    guard arrays.count == 1 else {
      throw ArrayMisfit(
        path: path,
        Diagnostic(
          "the image '\(name)' is made of \(arrays.count) arrays",
          remedy: "declare one feature for each array of pictures"))
    }
    let array = arrays[0]
    let (shape, arrangement) = try planes(name, array, picture, path)
    guard shape.allSatisfy({ $0 <= 1 << 14 }), shape.reduce(1, *) <= 1 << 28 else {
      throw ArrayMisfit(
        path: path,
        array.problem(
          "has pictures of the shape \(ArrayLayout.text(shape)), which is too large",
          remedy: "save smaller ones"))
    }
    let isBytes = array.layout.element.isByte || array.layout.element.isInteger
    return ArrayInput(
      feature: Feature(
        name: name, kind: .image, shape: shape, type: isBytes ? .uint8 : .float32),
      arrays: [array.name], arrangement: arrangement)
  }

  /// The planes `[C, H, W]` of an array's pictures, and how they come about.
  private mutating func planes(
    _ name: String, _ array: StoredArray, _ picture: Picture?, _ path: [String]
  ) throws(ArrayMisfit) -> ([Int], ArrayInput.Arrangement) {
    let shape = array.layout.rowShape
    if let picture { return try planes(name, array, as: picture, path) }
    switch shape.count {
    case 2:
      remarks.append(
        "\(array.title) of the shape \(ArrayLayout.text(array.layout.shape)) is taken for pictures of one "
          + "channel, \(shape[0]) high and \(shape[1]) wide")
      return ([1] + shape, .asStored)
    case 3:
      guard let found = layout ?? ImageLayout(shape) else {
        throw ArrayMisfit(
          path: path,
          array.problem(
            "has rows of the shape \(ArrayLayout.text(shape)), which does not tell where the channels are",
            remedy: "write `layout: channels-first` or `layout: channels-last`",
            "or `kind: numbers` where they are no pictures"))
      }
      let planes = found.planes(shape)
      remarks.append(
        "\(array.title) of the shape \(ArrayLayout.text(array.layout.shape)) is taken for pictures of "
          + "\(planes[0].counted("channel")), \(planes[1]) high and \(planes[2]) wide")
      return (planes, found == .channelsFirst ? .asStored : .interleaved)
    default:
      throw ArrayMisfit(
        path: path,
        array.problem(
          "has rows of the shape \(ArrayLayout.text(shape)), which is not that of a picture",
          remedy:
            "pictures are [H, W], [C, H, W] or [H, W, C]; give 'height' and 'width' where they are "
            + "flat"))
    }
  }

  /// Holds an array against the size of its pictures; flat ones are planes row by row.
  private func planes(
    _ name: String, _ array: StoredArray, as picture: Picture, _ path: [String]
  ) throws(ArrayMisfit) -> ([Int], ArrayInput.Arrangement) {
    let shape = array.layout.rowShape
    let last = [picture.height, picture.width, picture.channels]
    let isLast = layout != .channelsFirst && shape == last
    let isFlat =
      shape == [picture.count]
      || (picture.channels == 1 && shape == [picture.height, picture.width])
    if isLast, shape != picture.shape || layout == .channelsLast {
      return (picture.shape, .interleaved)
    }
    guard isFlat || shape == picture.shape else {
      throw ArrayMisfit(
        path: path,
        array.problem(
          "has rows of the shape \(ArrayLayout.text(shape)) where the image '\(name)' is of "
            + "\(picture.channels)x\(picture.height)x\(picture.width)",
          remedy: "channels times height times width has to be the number of elements"))
    }
    return (picture.shape, .asStored)
  }
}

extension StoredArray {
  fileprivate func problem(_ fact: String, remedy: String, _ other: String) -> Diagnostic {
    problem(fact, remedy: remedy).adding(remedy: other)
  }
}
