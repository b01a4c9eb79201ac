extension [String] {
  /// The first names of a list that may be very long, and `…` in place of the others.
  package func shortened(to most: Int = 12) -> [String] {
    count > most ? prefix(most) + ["…"] : self
  }
}
