package import Options

extension ByteCount {
  /// A number of bytes with three digits and a unit, such as `1.25 GiB`, for people.
  package static func rounded(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var amount = Double(bytes)
    var unit = 0
    while amount >= 1000, unit < units.count - 1 {
      amount /= 1024
      unit += 1
    }
    let scale = amount >= 100 || unit == 0 ? 1.0 : amount >= 10 ? 10 : 100
    let shown = (amount * scale).rounded() / scale
    let text = shown == shown.rounded() ? String(Int(shown)) : String(shown)
    return "\(text) \(units[unit])"
  }
}
