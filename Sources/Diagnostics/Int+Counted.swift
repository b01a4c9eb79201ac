extension Int {
  /// The number with what it counts, such as `1 class` and `2 classes`.
  ///
  /// - Parameter many: the plural, by default with an `s` behind the singular.
  package func counted(_ one: String, _ many: String? = nil) -> String {
    "\(self) \(self == 1 ? one : many ?? one + "s")"
  }
}
