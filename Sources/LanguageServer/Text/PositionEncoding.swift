/// The units in which columns are counted, as client and server agree on them.
enum PositionEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// The first of the client's offers that is known; UTF-16 where it makes none.
  init(offered: [String]) {
    self = offered.lazy.compactMap { Self(rawValue: $0) }.first ?? .utf16
  }
}
