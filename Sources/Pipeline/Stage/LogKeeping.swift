/// What becomes of the lines that a stage logs.
package struct LogKeeping: Codable, Hashable, Sendable {
  /// Whether the runner is told of each, to show it at once.
  package var isFollowed: Bool

  /// The bytes that are kept of the log's beginning, and of its end; `nil` keeps all.
  package var limit: Int?

  /// So much is more than people read, and little beside what a stage makes.
  package static let usualLimit = 2 << 20

  package init(isFollowed: Bool = true, limit: Int? = usualLimit) {
    self.isFollowed = isFollowed
    self.limit = limit
  }
}
