import Diagnostics
import Testing
import YAML

/// What people write that is not YAML, or not what they meant: the place of the slip, a part of what is
/// said about it, and a part of the remedy.
@Suite struct `Slips of the pen` {
  static let spaces: [(String, Int, Int, String, String)] = [
    ("pipeline:p\nstages:\n  a: 1", 1, 9, "no space after ':' in 'pipeline:p'", "'pipeline: p'"),
    ("m:\n  from:scaled\n  train:\n    x: 1", 2, 7, "no space after ':'", "'from: scaled'"),
    ("a: 1\nb:2", 2, 2, "no space after ':' in 'b:2'", "'b: 2'"),
    ("a:\n  - b:2\n    c: 3", 2, 6, "no space after ':'", "'b: 2'"),
    (
      "a:\n  b: c\n  target:\u{A0}species", 3, 10, "a no-break space (U+00A0) stands after ':'",
      "plain"
    ),
    ("a: 1\nb:\u{200B}2", 2, 3, "zero width space (U+200B) stands after ':'", "plain space"),
    (
      "a:\n  b: c\n\u{A0}\u{A0}target:\u{A0}x\nd: 1", 3, 1, "(U+00A0) indents nothing",
      "plain spaces"
    ),
    ("a:\n  b: c\n  \u{3000}d x\ne: 1", 3, 3, "(U+3000) indents nothing", "plain spaces"),
    ("a:\n  b: c\n\u{A0}\u{A0}d: x", 3, 1, "(U+00A0) indents nothing", "plain spaces"),
    ("a: b\u{200B}\nc: 1", 1, 4, "ends with a character that is not seen", "in quotes"),
    ("a：1\nb: 2", 1, 2, "colon (U+FF1A) is not the ':' of YAML", "':' and a space"),
    ("a: b\u{2028}c", 1, 5, "line separator (U+2028) breaks the line for some", "take it away"),
    ("a: 1\r\nb: \u{85}x", 2, 4, "U+0085 breaks the line for some", "take it away"),
    ("a:\n  - x\n\t- y", 3, 1, "a tab stands", "indent with spaces"),
    ("a: |\n\tx", 2, 1, "a tab stands", "indent with spaces"),
  ]

  static let quotes: [(String, Int, Int, String, String)] = [
    ("a: 'd'.csv\nb: 1", 1, 7, "text follows the closing quote", "whole value: 'd.csv'"),
    ("a: 'Anna's table'\nb: 1", 1, 10, "text follows the closing quote", "'' for an apostrophe"),
    ("a: \"say \"hi\"\"\nb: 1", 1, 10, "text follows the closing quote", "\\\" for a quote"),
    ("a: [x, 'y'z]", 1, 11, "text follows the closing quote", "whole value: 'yz'"),
    ("a: {x: \"y\" z}", 1, 12, "text follows the closing quote", "whole value: \"y z\""),
    ("'a'b: 1\nc: 2", 1, 4, "text follows the closing quote", "quote the whole value"),
    ("- 'a' b\n- c", 1, 7, "text follows the closing quote", "'a b'"),
    ("a: [8] 16\nb: 1", 1, 8, "text follows the closing ']'", "take it away"),
    ("a: {b: {c: 1}}}\nd: 1", 1, 15, "'}' closes nothing here", "take it away"),
    ("a: [1]]\nd: 1", 1, 7, "']' closes nothing here", "the '['"),
    ("a: “d.csv”", 1, 4, "'“' and '”' are typographic quotes", "write \"d.csv\""),
    ("a: [‘x’, „y“, «z»]", 1, 5, "typographic quotes", "write \"x\""),
    ("“a”: 1", 1, 1, "typographic quotes", "write \"a\""),
    ("a: \"x\nb: \"y\"", 2, 5, "text follows the closing quote", "quote that should close it"),
    ("a: note: all rows\nb: 1", 1, 8, "':' stands where no key", "write 'note: all rows'"),
    (
      "a:\n  run: |\n  echo a\n  b: 1", 3, 3, "does not belong to the text of 'run'",
      "indent it further"
    ),
    ("run: |\n   a\n  b\nc: 1", 3, 3, "indented less than the lines above", "as far as they are"),
    ("\"a:\" {b: 1}", 1, 6, "text follows the closing quote", "\"a\":"),
    ("a: it's: b\n", 1, 8, "':' stands where no key", "write \"it's: b\""),
    ("run: echo 'a': \"b\"\n", 1, 14, "':' stands where no key", "write 'run: |'"),
    ("a: 1\n  b: 2\nc: 3", 2, 3, "'b' is indented further than 'a'", "align it with 'a'"),
  ]

  static let lists: [(String, Int, Int, String, String)] = [
    ("h:\n- 8\n - 16", 3, 2, "'- 16' is indented further than the list", "align it"),
    ("h:\n  - a.csv\n    - b.csv\n  - c", 3, 5, "'- b.csv' is indented further", "align it"),
    ("h:\n  -a\n  -b", 3, 3, "no space after '-' in '-b'", "write '- '"),
    ("a: *.csv\nb: 1", 1, 4, "a name is missing after '*'", "in quotes: '*.csv'"),
    ("a: {x: *}\nb: 1", 1, 8, "a name is missing after '*'", "in quotes: '*'"),
    ("a: *data/x.csv", 1, 4, "a name is missing after '*'", "in quotes: '*data/x.csv'"),
    ("a:\n  b: 1\n  : 2", 3, 3, "a key is missing before ':'", "write 'key:'"),
  ]

  static let brackets: [(String, Int, Int, String, String)] = [
    ("a: {csv: d.csv target: t}", 1, 16, "a ',' is missing before 'target'", "'d.csv, target:'"),
    ("a: {\n  b: 1\n  c: 2\n}", 3, 3, "a ',' is missing before 'c'", "end the line above"),
    ("{\n  \"a\": \"x\"\n  \"b\": 2\n}", 3, 3, "a ',' is missing before '\"b\"'", "line above"),
    ("a: {b: 'x' c: 2}", 1, 12, "a ',' is missing before 'c'", "', '"),
    ("a: [{b: 1} {b: 2}]", 1, 12, "a ',' is missing before '{'", "', '"),
    ("a: ['x' 'y']", 1, 9, "a ',' is missing before ''y''", "', '"),
    ("a: {b: 1，c: 2}", 1, 9, "fullwidth comma (U+FF0C) is not the ','", "','"),
    ("a: {b: {c: 1}\nd: 2", 1, 4, "'{' is not closed", "add the '}'"),
    ("a:\n  b: [1, 2\n  c: 3\n", 2, 6, "'[' is not closed", "add the ']'"),
    ("{\"a\": {\"b\": [1, 2]}", 1, 1, "'{' is not closed", "add the '}'"),
    ("a: [1, 2}\nb: 1", 1, 9, "'}' does not close '['", "write ']' there"),
    ("a: [b:]", 1, 6, "':' stands right before a bracket", "put a space"),
  ]

  static let foreign: [(String, Int, Int, String, String)] = [
    ("a: [${vars.h}]", 1, 5, "within [ ] and { } a reference needs quotes", "\"${vars.h}\""),
    ("a: {b: {c: ${vars.c}}}", 1, 12, "a reference needs quotes", "\"${vars.c}\""),
    ("a: {b: data/${vars.c}.csv, d: 1}", 1, 8, "needs quotes", "\"data/${vars.c}.csv\""),
    ("a: [1, ${vars.m.${matrix.i}.x}, 2]", 1, 8, "needs quotes", "\"${vars.m.${matrix.i}.x}\""),
    ("a: {{ vars.h }}", 1, 4, "'{{ vars.h }}' fills nothing in", "${vars.h}"),
    ("a: [{{ h | int }}]", 1, 5, "'{{ h | int }}' fills nothing in", "${vars.h}"),
    ("a: {{ data }}/d.csv\nb: 1", 1, 4, "'{{ data }}' fills nothing in", "${vars.data}"),
    ("a: 1\n{% for x in y %}\nb: 2", 2, 1, "'{% … %}' is Jinja's", "matrix"),
    ("{\n  // the name\n  \"a\": 1\n}", 2, 3, "'//' begins no comment", "begin with '#'"),
    ("a: 1\n// the name\nb: 2", 2, 1, "'//' begins no comment", "begin with '#'"),
    ("```yaml\na: 1\n```\n", 1, 1, "fence of Markdown", "take the lines"),
    ("a: 1\n```\n", 2, 1, "fence of Markdown", "take the lines"),
    ("~~~yaml\na: 1\n~~~", 1, 1, "fence of Markdown", "take the lines"),
    ("a: 1\nepochs = 5\nb: 2", 2, 8, "'=' gives no value", "'epochs: 5'"),
    ("%YAML 1.3\n---\na: 1", 1, 1, "'%YAML 1.3' asks for another YAML", "take the '%YAML' line"),
    ("%FOO\n---\na: 1", 1, 1, "begins with '%'", "take the line away"),
    (
      "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\nc: 1", 2, 1, "merge conflict", "one side"
    ),
    ("a: 1\n>>>>>>> other\nc: 1", 2, 1, "the end of a merge conflict", "keep one side"),
    ("# all\n[pipeline]\nname = \"p\"", 2, 1, "the file is TOML", "key: value"),
    ("#!/usr/bin/env python\nimport x\nx: 1", 1, 1, "the file is a script", "command"),
    ("import torch\nx: 1\n", 1, 1, "the file is a script", "command"),
    ("a: &x {b: 1}\nc: {<<: x}", 2, 9, "'<<' is given something", "'<<: *x'"),
  ]

  /// Valid YAML that libyaml reads otherwise than YAML 1.2.
  static let differences: [(String, Int, Int, String, String)] = [
    ("{ ?foo: bar }", 1, 4, "'?' within { } or [ ]", "in quotes"),
    ("[?x]", 1, 3, "'?' within { } or [ ]", "in quotes"),
    ("{?, a: 1}", 1, 3, "'?' within { } or [ ]", "in quotes"),
    ("{? :a}", 1, 4, "'?' within { } or [ ]", "in quotes"),
    ("a: &an:chor x", 1, 4, "'&an:chor' is not read alike", "letters"),
    ("a: !!str &an:chor x", 1, 4, "'&an:chor' is not read alike", "letters"),
    ("a: &x 1\nb: {*x: 2}", 2, 5, "'*x:' is not read alike", "a space behind it"),
    ("|\n# text", 1, 1, "the whole file is one text", "key: value"),
    ("a: !!float 0x1", 1, 4, "the tag '!!float' does not fit", "take the tag away"),
    ("a: !!float x", 1, 4, "the tag '!!float' does not fit", "take the tag away"),
  ]

  @Test(arguments: spaces + quotes + lists + brackets + foreign + differences)
  func `are told for what they are`(
    text: String, line: Int, column: Int, fact: String, remedy: String
  ) throws {
    let thrown = try #require(
      #expect(throws: Diagnostics.self) { try Node(parsing: text, file: "p.yaml") })
    let first = try #require(thrown.first)
    #expect(first.location == SourceLocation(file: "p.yaml", line: line, column: column))
    #expect(first.message.contains(fact))
    #expect(
      first.notes.contains { $0.message.contains(remedy) }, "\(first.notes.map(\.message))")
  }

  @Test(arguments: [
    "a: 'it''s' # fine", "a: x\u{A0}y", "a: '\u{A0}x'", "a: 👩\u{200D}💻", "a: “x” and y",
    "a: Anna’s", "{\"a\":1}", "a: http://x",
    "- a:b", "run: gcc -O2\n     -o x", "a: {? b : 1}", "? a\n: b", "a: &x 1\nb: {*x : 2}",
    "a: &x [1]\nb: [*x]", "a: |\n  <<<<<<< x", "a: 'x:y'", "a: \"x\\Ly\"", "a: |\n  ```\n  x",
  ])
  func `are not seen where there are none`(text: String) throws {
    _ = try Node(parsing: text, file: "p.yaml")
  }

  /// Texts with a few characters put in, taken out, or doubled.
  @Test(arguments: 0..<40) func `have a place within the text`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let texts = (Self.spaces + Self.quotes + Self.lists + Self.brackets + Self.foreign).map(\.0)
    let signs = Array(" \n\t:,-[]{}'\"|>#&*!?%ax1\u{A0}，😀e\u{301}".unicodeScalars)
    for _ in 0..<100 {
      var scalars = Array(try #require(texts.randomElement(using: &random)).unicodeScalars)
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let place = Int.random(in: 0...scalars.count, using: &random)
        if place < scalars.count, Bool.random(using: &random) {
          scalars.remove(at: place)
        } else {
          scalars.insert(try #require(signs.randomElement(using: &random)), at: place)
        }
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      let text = String(view)
      do throws(Diagnostics) {
        _ = try Node(parsing: text, file: "p.yaml")
      } catch {
        let lines = text.unicodeScalars.count { $0 == "\n" || $0 == "\r" } + 1
        for place in error.flatMap({ [$0.range] + $0.notes.map(\.range) }).compactMap(\.self) {
          #expect((1...lines + 1).contains(place.start.line), "\(text)")
          #expect(place.start.column >= 1, "\(text)")
        }
        #expect(error.allSatisfy { !$0.notes.isEmpty }, "\(text)\n\(error)")
      }
    }
  }

  /// Every message that the parser has for text.
  @Test(arguments: [
    "a: !<x b", "%TAG x\n---\na", "%YAML x\n---\na", "%YAML 1.1 x\n---\na", "a: |0\n x",
    "%TAG ! !\n%TAG ! !\n---\na", "%YAML 1.1\n%YAML 1.1\n---\na", "a: !%ZZ b", "a: !%C3 b",
    "a: [b, c", "{a: ]", "a: !h!x b", "- - a\n - b", "a:\n - b\n c", "a: &", "?\n\t- b",
    "'a\n---\n", "a: \"\\UFFFFFFFF\"", "a: \"\\x4\"", "&a &b c", "a: !!str !!int 1", "--- a\n--- b",
    "% x\n---\na", "%FOO\n---\na", "%YAML.x\n---\na", "%YAML 1x1\n---\na", "%YAML 2.0\n---\na",
    "%YAML 1234567890123.1\n---\na", "%TAG !a!\n---\na", "%TAG !a! tag:{\n---\na", "a: *",
    "a: !<> b",
    "a: !%FF b", "a: !%C3%41 b", "a: |\n\tx", "a: \"\\q\"", "a: \"x", "a: b\n\tc: d", "a: ? b",
    "a: - b",
    "a: b: c", "a\nb: 1", "- a\nb: 1", "a: 1\n- b", "a: {b", "a: @x", "[a] b", "[a:]", "{a: b:,}",
    "a: b ? c: d",
  ])
  func `are put into this program's words`(text: String) {
    #expect {
      try Node(parsing: text, file: "p.yaml")
    } throws: { error in
      let problems = (error as? Diagnostics)?.all ?? []
      return problems.allSatisfy { problem in
        ["did not find", "while scanning", "while parsing", "expected", "found "].allSatisfy {
          !problem.message.contains($0)
        } && !problem.notes.isEmpty
      }
    }
  }
}
