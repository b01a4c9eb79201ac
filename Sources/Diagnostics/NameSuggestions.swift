/// Finds the names that misspelt ones are nearest to, for so long as that takes bearable time.
///
/// Each misspelt name is compared with every candidate; a file with thousands of both gets no more
/// suggestions once its comparisons are used up.
package struct NameSuggestions: Sendable {
  private var comparisons = 200_000

  package init() {}

  package mutating func nearest(to name: String, in candidates: some Collection<String>) -> String?
  {
    guard comparisons > 0 else { return nil }
    comparisons -= candidates.count
    return nearestName(to: name, in: candidates)
  }
}
