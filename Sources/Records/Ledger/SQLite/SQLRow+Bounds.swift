internal import Diagnostics
internal import FoundationEssentials

/// Numbers within what arithmetic and calendars bear.
///
/// Records may come from an archive that somebody wrote by hand. What nothing can have been is read as the
/// nearest that it can, so that no record keeps a pipeline from being planned; `checkBounds` refuses it
/// before it is recorded.
extension SQLRow {
  /// Larger than any length of time in seconds and any number of bytes.
  private static let most = 1e15

  /// The first second of the year 10000.
  private static let lastSecond = 253_402_300_800.0

  /// A length of time in seconds or a number of bytes.
  func quantity(_ name: String) throws(Diagnostic) -> Double {
    Self.bounded(try real(name), to: Self.most)
  }

  /// A point in time that is kept in seconds since 1970.
  func date(_ name: String) throws(Diagnostic) -> Date {
    Date(timeIntervalSince1970: Self.bounded(try real(name), to: Self.lastSecond))
  }

  /// Refuses values that reading would change.
  func checkBounds(quantities: [String], dates: [String]) throws(Diagnostic) {
    for (names, most) in [(quantities, Self.most), (dates, Self.lastSecond)] {
      for name in names {
        guard let number = try optionalReal(name) else { continue }
        guard Self.bounded(number, to: most) == number else {
          throw Diagnostic("'\(name)' is \(number), which nothing can have been")
        }
      }
    }
  }

  private static func bounded(_ number: Double, to most: Double) -> Double {
    number.isNaN ? 0 : min(max(number, 0), most)
  }
}
