import Options
import Testing
import YAML

@Suite struct `Option values` {
  private func decode<Setting: OptionValue>(_ text: String, as: Setting.Type) -> Setting? {
    try? Setting.decode(Node(parsing: text, file: "p.yaml"))
  }

  @Test(arguments: [
    ("70%", 0.7), ("0.7", 0.7), ("33.3%", 0.333), ("0%", 0), ("100%", 1), ("1", 1), ("0.1%", 0.001),
    ("1e-3", 0.001), (".5%", 0.005),
  ])
  func `read fractions exactly`(text: String, number: Double) {
    #expect(decode(text, as: Fraction.self) == Fraction(number))
  }

  @Test(arguments: ["-1%", "101%", "70 %", "%", "a%", "\"0.7\"", "0x10%", ".nan", "--1%"])
  func `refuse other fractions`(text: String) {
    #expect(decode(text, as: Fraction.self) == nil)
  }

  @Test(arguments: [("-0.5%", -0.005), ("+2%", 0.02), ("-0.01", -0.01), ("0", 0)])
  func `read differences in points`(text: String, number: Double) {
    #expect(decode(text, as: PointDifference.self) == PointDifference(number))
  }

  @Test(arguments: [
    ("30m", 1_800_000, "30m"), ("1h30m", 5_400_000, "1h30m"), ("90s", 90_000, "1m30s"),
    ("500ms", 500, "500ms"), ("1.5h", 5_400_000, "1h30m"), ("2d", 172_800_000, "2d"),
    ("0s", 0, "0s"),
  ])
  func `read durations`(text: String, milliseconds: Int, written: String) {
    #expect(decode(text, as: TimeSpan.self) == TimeSpan(milliseconds: milliseconds))
    #expect(TimeSpan(milliseconds: milliseconds).value == .string(written))
  }

  @Test(arguments: ["30", "m", "30 m", "-30m", "30min", "1e3s", "1..5s", "99999999999999999999d"])
  func `refuse other durations`(text: String) {
    #expect(decode(text, as: TimeSpan.self) == nil)
  }

  @Test(arguments: [
    ("2GiB", 2 << 30, "2GiB"), ("1.5GB", 1_500_000_000, "1500000000B"), ("4096", 4096, "4KiB"),
    ("10 kb", 10_000, "10000B"), ("0", 0, "0B"), ("7B", 7, "7B"),
  ])
  func `read numbers of bytes`(text: String, bytes: Int, written: String) {
    #expect(decode(text, as: ByteCount.self) == ByteCount(bytes))
    #expect(ByteCount(bytes).description == written)
  }

  @Test(arguments: [
    ("pixel_*", "pixel_12", true), ("pixel_*", "pixels", false), ("*", "", true), ("?", "é", true),
    ("?", "", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[]]", "]", true),
    ("{mean,std}_*", "std_1", true), ("{a,b{c,d}}", "bd", true), ("a\\*", "a*", true),
    ("a\\*", "ab", false), ("*a*b*c*", "xxaxxbxxc", true), ("a/b*", "a/b/c", true), ("", "", true),
  ])
  func `match names`(pattern: String, name: String, isMatch: Bool) {
    #expect((Pattern(pattern)?.matches(name) ?? false) == isMatch)
  }

  @Test(arguments: [
    ("data/*.png", "data/a.png", true), ("data/*.png", "data/x/a.png", false),
    ("data/**/*.png", "data/x/y/a.png", true), ("**.png", "x/a.png", true),
    ("data/?", "data//", false), ("data/**/*.png", "data/a.png", true), ("**/a", "a", true),
    ("**/a", "ba", false), ("**/a", "x/y/a", true), ("a/**", "a/b/c", true),
  ])
  func `match paths`(pattern: String, path: String, isMatch: Bool) {
    #expect(PathPattern(pattern)?.matches(path) == isMatch)
  }

  @Test func `match hostile patterns quickly`() throws {
    let pattern = try #require(Pattern(String(repeating: "a*", count: 500) + "b"))
    #expect(!pattern.matches(String(repeating: "a", count: 2_000)))
    #expect(Pattern(String(repeating: "{a,b}", count: 40)) == nil)
    #expect(Pattern(String(repeating: "{", count: 5_000)) == nil)
    #expect(
      Pattern(String(repeating: "{a,", count: 200) + String(repeating: "}", count: 200)) != nil)
    #expect(Pattern(String(repeating: "{a,", count: 20_000)) == nil)
  }

  @Test func `may be one or many`() {
    #expect(decode("a", as: OneOrMany<String>.self) == ["a"])
    #expect(decode("[a, b]", as: OneOrMany<String>.self) == ["a", "b"])
    #expect(decode("{a: 1}", as: OneOrMany<String>.self) == nil)
  }

  @Test func `are named in kebab case`() {
    #expect(EarlyStop.Metric.topFive.name == "top-five")
    #expect(EarlyStop.Metric(name: "top-five") == .topFive)
    #expect(Optimizer(name: "adamw") == .adamW)
    #expect(Optimizer(name: "AdamW") == nil)
  }
}
