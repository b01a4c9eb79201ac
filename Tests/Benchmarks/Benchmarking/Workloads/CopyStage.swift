/// A stage that copies one file into `out/`.
struct CopyStage: Hashable, Sendable {
  let name: String
  /// The names of the stages that it reads; it copies what the first of them made.
  let upstream: [String]

  init(index: Int, reading upstream: [Int] = []) {
    name = Self.name(index)
    self.upstream = upstream.map(Self.name)
  }

  var output: String { Self.output(of: name) }

  static func output(of name: String) -> String { "out/\(name).txt" }

  private static func name(_ index: Int) -> String {
    let digits = String(index)
    return "s" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
