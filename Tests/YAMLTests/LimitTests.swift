import Diagnostics
import Testing
import YAML

@Suite struct `Hostile YAML` {
  private func message(_ text: String, limits: Limits = .standard) -> String? {
    do throws(Diagnostics) {
      _ = try Node(parsing: text, file: "p.yaml", limits: limits)
      return nil
    } catch {
      return error.first?.message
    }
  }

  @Test func `cannot multiply itself with aliases`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(message(text) == "the file has more than 300000 values once its aliases are expanded")
  }

  @Test func `cannot multiply itself with merges`() {
    var text = "a0: &a0 {k0: 1}\n"
    for level in 1..<60 {
      text += "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)], k\(level): 1}\n"
    }
    #expect(message(text) == "the file has more than 300000 values once its aliases are expanded")
  }

  @Test(arguments: [
    String(repeating: "[", count: 10_000), String(repeating: "{a: ", count: 10_000),
    (0..<10_000).map { String(repeating: " ", count: $0 % 400) + "- " }.joined(),
    (0..<1_000).map { String(repeating: " ", count: $0) + "k:\n" }.joined(),
  ])
  func `cannot nest without end`(text: String) {
    #expect(message(text) == "lists and mappings lie more than 64 levels deep")
  }

  @Test func `cannot nest through aliases`() {
    var text = "a0: &a0 [x]\n"
    for level in 1..<100 {
      text += "a\(level): &a\(level) [*a\(level - 1)]\n"
    }
    #expect(message(text) == "lists and mappings lie more than 64 levels deep")
  }

  @Test func `cannot be too long`() {
    #expect(
      message(String(repeating: "#", count: 5 << 20)) == "the file has 5242880 bytes")
    #expect(
      message("a: " + String(repeating: "x", count: 2 << 20))
        == "a single value has more than 1048576 bytes")
    #expect(
      message("- 1\n- 2\n- 3", limits: Limits(bytes: 99, depth: 9, nodes: 3, scalarBytes: 9))
        == "the file has more than 3 values once its aliases are expanded")
  }

  @Test func `of random bytes never brings the parser down`() {
    var random = SplitMix(state: 7)
    let alphabet = Array("ab:-?[]{},#&*!|>'\"%@` \n\t\r0.<~\\\u{e9}\u{0}".utf8)
    for _ in 0..<4_000 {
      let count = Int.random(in: 0...60, using: &random)
      let bytes = (0..<count).map { _ in
        random.next() % 20 == 0
          ? UInt8.random(in: 0...255, using: &random)
          : alphabet[Int.random(in: alphabet.indices, using: &random)]
      }
      do throws(Diagnostics) {
        let node = try Node(parsing: bytes, file: "p.yaml")
        #expect(YAMLEmitter.emit(node).isEmpty == false)
      } catch {
        #expect(error.allSatisfy { $0.location != nil && !$0.message.isEmpty })
      }
    }
  }
}
