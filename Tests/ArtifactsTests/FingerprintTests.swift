import Artifacts
import Testing
import YAML

@Suite struct FingerprintTests {
  @Test func `different additions never look alike`() {
    let cases: [(String, (inout Fingerprint) -> Void)] = [
      ("nothing", { _ in }),
      ("a text", { $0.add("ab", "c") }),
      ("the same letters elsewhere", { $0.add("a", "bc") }),
      ("a value", { $0.add("ab", Value.string("c")) }),
      ("a number", { $0.add("ab", Value.int(1)) }),
      ("its text", { $0.add("ab", "1") }),
      ("another kind of number", { $0.add("ab", Value.double(1)) }),
      ("a digest", { $0.add("ab", Digest(of: "c")) }),
      ("its digits", { $0.add("ab", Digest(of: "c").hex) }),
      (
        "two",
        {
          $0.add("ab", "c")
          $0.add("d", "")
        }
      ),
      ("two in one", { $0.add("ab", "c1:dt0:") }),
    ]
    let digests = cases.map { _, add in
      var fingerprint = Fingerprint("test")
      add(&fingerprint)
      return fingerprint.digest
    }
    #expect(Set(digests).count == cases.count)
    #expect(Fingerprint("other").digest != Fingerprint("test").digest)
  }

  @Test func `the order of an object's members does not matter`() {
    var first = Fingerprint("test")
    first.add("settings", ["a": 1, "b": [2.5, "x"]])
    var second = Fingerprint("test")
    second.add("settings", ["b": [2.5, "x"], "a": 1])
    #expect(first.digest == second.digest)
  }
}
