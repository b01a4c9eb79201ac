/// The candidate that the user most likely meant, or nil when none is near.
///
/// Distance is Damerau-Levenshtein (optimal string alignment: insert, delete, replace, swap two
/// neighbours) without regard to case or to `_` against `-`. A third of the longer name may differ.
/// A beginning of at least three letters counts as near too. Equal distances go to the name that
/// sorts first.
package func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  let wanted = folded(name)
  guard !wanted.isEmpty, wanted.count <= longestName else { return nil }
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let other = folded(candidate)
    guard other.count <= longestName, let distance = nearness(of: wanted, to: other) else {
      continue
    }
    if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.name
}

private let longestName = 64

private func folded(_ name: String) -> [Unicode.Scalar] {
  name.lowercased().unicodeScalars.map { $0 == "_" ? "-" : $0 }
}

/// The distance, or nil when it is more than a typing mistake.
private func nearness(of wanted: [Unicode.Scalar], to other: [Unicode.Scalar]) -> Int? {
  let longer = max(wanted.count, other.count)
  let allowed = max(1, longer / 3)
  if abs(wanted.count - other.count) <= allowed {
    let distance = alignmentDistance(wanted, other)
    if distance <= allowed && distance < longer { return distance }
  }
  return wanted.count >= 3 && other.starts(with: wanted) ? allowed : nil
}

private func alignmentDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for (column, other) in right.enumerated() {
      var distance = min(
        last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
