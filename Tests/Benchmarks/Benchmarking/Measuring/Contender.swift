/// A tool with what one turn of it measures.
struct Contender {
  let name: String
  /// Runs it once; the outcomes are those of the question's moments, in their order.
  let turn: () throws -> [Outcome]

  init(_ name: String, _ turn: @escaping () throws -> [Outcome]) {
    self.name = name
    self.turn = turn
  }

  /// One that there is nothing to measure of, in any of the moments.
  static func absent(_ name: String, moments: Int = 1, because reason: String) -> Contender {
    Contender(name) { Array(repeating: .notOffered(reason), count: moments) }
  }
}
