import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Rows for other programs` {
  private static let table = """
    id,size,weight,colour,kind
    1,1.5,2,red,cat
    2,2.5,,"blue, dark",dog
    3,3,4,,cat
    4,,5,red,dog
    5,5.25,6,"blue, dark",cat
    6,6,7,red,dog
    7,7,8,red,cat
    8,-8,9,"blue, dark",dog

    """

  private static let pipeline = """
    pipeline: p
    stages:
      rows:
        load:
          csv: rows.csv
          target: kind
          features:
            sizes: {columns: [size, weight]}
            colour: {columns: colour}
          split: {train: 50%, validation: 25%, test: 25%}
      scaled: {from: rows, normalize: {z-score: {per: feature}}}
    """

  private static let reload = """
    pipeline: again
    stages:
      rows:
        load:
          csv: all.csv
          target: kind
          features:
            sizes: {columns: [size, weight]}
            colour: {columns: colour}
          split: {column: split}
    """

  private static func program() throws -> Program {
    let program = try Program()
    try program.write(table, to: "rows.csv")
    try program.write(pipeline, to: "p.yaml")
    let ran = try program.run(["run", "p.yaml"])
    #expect(ran.status == 0, "\(ran.errors)")
    return program
  }

  @Test func `are a table with the source's columns, which loads to the same rows`() throws {
    let program = try Self.program()
    let wrote = try program.run(["export", "rows", "--to", "csv", "-o", "all.csv"])
    #expect(wrote.status == 0 && wrote.errors.contains("wrote 8 rows to all.csv"))
    let lines = try program.text("all.csv").split(separator: "\n").map(String.init)
    #expect(lines.first == "\"colour\",\"size\",\"weight\",\"kind\",\"split\"")
    #expect(lines.count == 9)
    #expect(lines.contains { $0.hasPrefix("\"red\",1.5,2,\"cat\",") })
    #expect(lines.contains { $0.hasPrefix("\"blue, dark\",2.5,,\"dog\",") })
    #expect(lines.contains { $0.hasPrefix(",3,4,\"cat\",") })

    try program.write(Self.reload, to: "again.yaml")
    let ran = try program.run(["run", "again.yaml"])
    #expect(ran.status == 0, "\(ran.errors)")
    let again = try program.run(["export", "again.yaml:rows", "--to", "csv", "-o", "second.csv"])
    #expect(again.status == 0, "\(again.errors)")
    let second = try program.text("second.csv").split(separator: "\n").map(String.init)
    #expect(second.sorted() == lines.sorted())
  }

  @Test func `are a table for each split in a folder, prepared where that is asked for`() throws {
    let program = try Self.program()
    for _ in 0..<2 {
      // The folder that the first makes is no dataset: the word stays the stage's.
      let wrote = try program.run(["export", "scaled", "--to", "csv", "--prepared", "-f"])
      #expect(wrote.status == 0, "\(wrote.errors)")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: program.folder + "/scaled").sorted() == [
        "test.csv", "train.csv", "validation.csv",
      ])
    let rows = try program.text("scaled/train.csv").split(separator: "\n").dropFirst()
    // Before the class, which is the last.
    let weights = rows.compactMap {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropLast().last.flatMap(
        Double.init)
    }
    #expect(abs(weights.reduce(0, +)) < 1e-5)
  }

  @Test func `are refused where they cannot be written`() throws {
    let program = try Self.program()
    try program.write("mine", to: "all.csv")
    let taken = try program.run(["export", "rows", "--to", "csv", "-o", "all.csv"])
    #expect(taken.status == 1 && taken.errors.contains("'all.csv' is there already"))
    #expect(try program.text("all.csv") == "mine")
    #expect(try program.run(["export", "rows", "--to", "csv", "-o", "all.csv", "-f"]).status == 0)
    #expect(try program.text("all.csv") != "mine")
    let pictures = try program.run(["export", "rows", "--to", "images"])
    #expect(pictures.status == 1 && pictures.errors.contains("holds no pictures"))
    #expect(!program.exists("rows.partial"))
    let form = try program.run(["export", "rows", "--to", "xlsx"])
    #expect(form.status == 2)
    let unknown = try program.run(["export", "rwos", "--to", "csv"])
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean 'rows'?"))
  }

  @Test func `are pictures in folders that load to the same pixels`() throws {
    let program = try Program()
    for (index, name) in ["a", "a", "a", "a", "b", "b", "b", "b"].enumerated() {
      try program.writeImage(to: "in/\(name)/\(index).png", grey: UInt8(index * 31))
    }
    try program.write(
      """
      pipeline: p
      stages:
        photos: {load: {images: in, size: 8, split: {train: 50%, validation: 25%, test: 25%}}}
      """, to: "p.yaml")
    #expect(try program.run(["run", "p.yaml"]).status == 0)
    #expect(try program.run(["export", "photos", "--to", "images", "-o", "out"]).status == 0)
    #expect(
      try program.run(["export", "photos", "--to", "parquet", "-o", "out.parquet"]).status == 0)
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: program.folder + "/out"
    ).filter { $0.hasSuffix(".png") }
    #expect(files.count == 8)
    #expect(files.allSatisfy { $0.split(separator: "/").count == 3 })
    try program.write(
      "{pipeline: q, stages: {photos: {load: {images: out, size: 8}}}}", to: "q.yaml")
    #expect(try program.run(["run", "q.yaml"]).status == 0)
    #expect(
      try program.run(["export", "q.yaml:photos", "--to", "images", "-o", "twice"]).status == 0)
    func pictures(_ folder: String) throws -> [String: Int] {
      let files = try FileManager.default.subpathsOfDirectory(
        atPath: program.folder + "/" + folder)
      var counts: [String: Int] = [:]
      for file in files where file.hasSuffix(".png") {
        let bytes = FileManager.default.contents(
          atPath: "\(program.folder)/\(folder)/\(file)")
        let place = file.split(separator: "/").dropLast().joined(separator: "/")
        counts["\(place): \(bytes?.base64EncodedString() ?? "")", default: 0] += 1
      }
      return counts
    }
    #expect(try pictures("out") == pictures("twice"))
  }
}
