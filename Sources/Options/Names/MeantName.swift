import Diagnostics

extension String {
  /// The name among several that this unknown one was most likely meant to be: one that is written another
  /// way, that stands for the same in other programs, or that is near by its letters.
  package func meant(among allowed: [String]) -> String? {
    let own = kebab
    if let same = allowed.first(where: { $0.kebab == own }) { return same }
    let meanings = ForeignNames.meanings(of: self)
    if let meaning = meanings.first(where: allowed.contains) { return meaning }
    return nearestName(to: own, in: allowed)
  }
}
