/// Numbers as tables show them.
package enum Rounded {
  /// A number with so many significant digits, without an exponent where it is of everyday size.
  package static func text(_ number: Double, digits: Int) -> String {
    guard number.isFinite, number.isNormal else { return number == 0 ? "0" : "\(number)" }
    var step = 1.0
    while abs(number) / step >= 10 { step *= 10 }
    while abs(number) / step < 1 { step /= 10 }
    for _ in 1..<digits { step /= 10 }
    let rounded = (number / step).rounded(.toNearestOrEven)
    if step >= 1 {
      return Int(exactly: (rounded * step).rounded()).map { "\($0)" } ?? "\(number)"
    }
    // Dividing by the exact inverse gives the decimal that is nearest.
    return "\(rounded / (1 / step).rounded())"
  }
}
