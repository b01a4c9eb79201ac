import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct DataTableTests {
  private let program: Program

  init() throws { program = try Program() }

  private func check(_ table: String, _ settings: String = "", _ more: String...) throws
    -> Program.Ending
  {
    try program.write(table, to: "d.csv")
    try program.write(
      "pipeline: p\nstages: {data: {load: {csv: d.csv, target: t\(settings)}}}\n", to: "p.yaml")
    return try program.run(["check", "p.yaml", "--data"] + more)
  }

  @Test func `shows what the columns of a table hold`() throws {
    let ending = try check(
      """
      zip,born,colour,size,t,id
      00501,2012-01-31,red,1.5,a,1
      10001,,blue,2.5,b,2
      10001,2013-01-31,red,-1,a,3

      """, ", columns: '!id'")
    #expect(ending.status == 0)
    #expect(
      ending.output == """
        data: 3 rows
        column  kind      used as                     missing  different  range         examples                hint
        zip     number    feature 'numbers'                    2          501 to 10001  501                     starts with zeros: codes?
        born    date      feature: age, season, week  1        2                        2012-01-31, 2013-01-31
        colour  category  feature                              2                        red, blue
        size    number    feature 'numbers'                    3          -1 to 2.5     1.5
        t       category  target of 2 classes                  2                        a, b
        id      number    left out                             3          1 to 3        1

        """)
    #expect(
      ending.errors.contains("d.csv:2:1: warning: '00501' in the column 'zip' starts with a zero"))
    #expect(ending.errors.hasSuffix("p.yaml is right: 1 stage\n"))
  }

  @Test func `says what cannot be loaded, and shows the rest`() throws {
    let ending = try check("x,t\n1,a\nNA,b\n2.5,a\n", "", "--json")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("d.csv:3:1: error: 'NA' in the column 'x' is not a number"))
    let found = try Value(parsingJSON: ending.output)["data"]?[0]
    #expect(found?["rows"] == 2)
    #expect(
      found?["table"]?[0] == [
        "x", "number", "feature 'numbers'", "", "3", "1 to 2.5", "NA", "missing: NA?",
      ])
  }

  @Test func `says what is wrong with a file as such`() throws {
    let ending = try check("a,b\n1,2\n")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("there is no column 't' for 'target'"))
    #expect(ending.output.isEmpty)
  }
}
