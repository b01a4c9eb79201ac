internal import Dataset
internal import Hardware
internal import Learning
internal import Network
internal import Tensor

/// What a method says of each place of a picture, as a picture in colours: blue for it, red against it.
enum Heat {
  /// - Parameters:
  ///   - map: `[height, width]`.
  ///   - kind: That of the feature, as low notes are below.
  static func tile(_ map: [Float], _ height: Int, _ width: Int, _ kind: FeatureKind) -> SheetTile {
    let most = max(map.map(abs).max() ?? 0, 1e-20)
    var colours = [Float](repeating: 0, count: 3 * map.count)
    for (place, value) in map.enumerated() {
      let share = min(abs(value) / most, 1)
      let full: [Float] = value < 0 ? [192, 40, 40] : [20, 70, 170]
      for channel in 0..<3 {
        colours[channel * map.count + place] = 255 + (full[channel] - 255) * share
      }
    }
    let feature = Feature(name: "heat", kind: kind, shape: [3, height, width], type: .uint8)
    return SheetTile(colours, of: feature, light: 0...255)
  }

  /// Parts of a picture that cover all of it: squares a quarter of its shorter side wide, moved by half of that.
  static func patches(_ height: Int, _ width: Int) -> [(y: Range<Int>, x: Range<Int>)] {
    let side = max(1, min(height, width) / 4)
    let step = max(1, side / 2)
    func starts(_ length: Int) -> [Int] {
      let last = max(length - side, 0)
      var all = Array(stride(from: 0, to: last, by: step))
      all.append(last)
      return all
    }
    return starts(height).flatMap { y in
      starts(width).map { x in (y..<min(y + side, height), x..<min(x + side, width)) }
    }
  }

  /// How much the score of each row falls where the patches of a picture are hidden, by place.
  ///
  /// - Parameters:
  ///   - name: The input that is the picture, `[N, C, height, width]`.
  ///   - baseline: What hides it, `[1, C, height, width]`.
  ///   - outputs: The index of one for each row.
  static func maps(
    byHiding name: String, _ height: Int, _ width: Int, behind baseline: Tensor,
    _ attribution: Attribution, _ inputs: [String: Tensor], _ outputs: [Int]
  ) throws -> [[Float]] {
    let patches = patches(height, width)
    var marks = [Float](repeating: 0, count: patches.count * height * width)
    for (index, patch) in patches.enumerated() {
      for y in patch.y {
        for x in patch.x { marks[(index * height + y) * width + x] = 1 }
      }
    }
    let masks = try Tensor(marks, shape: [patches.count, 1, height, width]).to(baseline.device)
    let falls = try attribution.occlusion(inputs, outputs, of: name, by: baseline, masks)
      .to(.cpu).contiguous().array(Float.self)
    return outputs.indices.map { row in
      map(
        Array(falls[row * patches.count..<(row + 1) * patches.count]), of: patches, height, width)
    }
  }

  /// The mean over the patches that cover each place.
  static func map(
    _ values: [Float], of patches: [(y: Range<Int>, x: Range<Int>)], _ height: Int, _ width: Int
  ) -> [Float] {
    var sums = [Float](repeating: 0, count: height * width)
    var counts = sums
    for (patch, value) in zip(patches, values) {
      for y in patch.y {
        for x in patch.x {
          sums[y * width + x] += value
          counts[y * width + x] += 1
        }
      }
    }
    return zip(sums, counts).map { $0 / max($1, 1) }
  }
}
