import Artifacts
import Diagnostics
import FoundationEssentials
import Testing

@Suite struct DigestTests {
  // FIPS 180-4's own examples and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `agrees with the standard's examples`(message: String, hex: String) throws {
    #expect(Digest(of: message).hex == hex)
    #expect(Digest(hex: hex) == Digest(of: message))
    let scratch = try Scratch()
    #expect(try Digest.file(scratch.write("file", message)) == Digest(of: message))
  }

  @Test func `digests files longer than one read`() throws {
    let text = String(repeating: "a", count: 1_000_000)
    let hex = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(Digest(of: text).hex == hex)
    let scratch = try Scratch()
    #expect(try Digest.file(scratch.write("file", text)).hex == hex)
  }

  @Test(arguments: ["", "ab", String(repeating: "g", count: 64), String(repeating: "A", count: 64)])
  func `refuses what is not a digest`(text: String) {
    #expect(Digest(hex: text) == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Digest.self, from: Data("\"\(text)\"".utf8))
    }
  }

  @Test func `survives coding and orders like its digits`() throws {
    let digests = (0..<50).map { Digest(of: "\($0)") }
    let coded = try JSONEncoder().encode(digests)
    #expect(try JSONDecoder().decode([Digest].self, from: coded) == digests)
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
  }

  @Test func `a missing file is a diagnostic with its path`() {
    let thrown = #expect(throws: Diagnostic.self) { try Digest.file("/nowhere/at all") }
    #expect(thrown?.message == "cannot read '/nowhere/at all': no such file or directory")
  }
}
