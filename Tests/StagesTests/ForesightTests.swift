import Artifacts
import Diagnostics
import Foundation
import Glibc
import Pipeline
import Testing

@testable import Stages

/// Mistakes that show in the files that are there, or in what stages will report, and are told of
/// before anything runs.
@Suite struct `Before anything runs` {
  private static let table = """
    height,width,colour,species
    1,2,red,cat
    3,4,blue,dog

    """

  /// What is told of a pipeline's stages in a folder with some files.
  private func told(_ stages: String, variables: String = "") throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.path + "/foresight-\(UUID())"
    defer { try? Folder.remove(folder) }
    try Folder.create(folder + "/emptyimgs")
    try Folder.create(folder + "/texts/a")
    try Folder.create(folder + "/fifoimgs/a")
    for pipe in ["pipe", "fifoimgs/a/x.png"] {
      #expect(unsafe mkfifo(folder + "/" + pipe, 0o600) == 0)
    }
    let files = [
      "d.csv": Self.table, "d.json": #"[{"height": 1, "species": "cat"}]"#, "texts/a/b.txt": "x",
    ]
    for (name, text) in files {
      try Folder.replaceFile(folder + "/" + name, with: Array(text.utf8))
    }
    let lines = stages.replacing("«", with: "").split(separator: "\n")
      .map { "  " + $0 }.joined(separator: "\n")
    let marked = Self.place(ofMarkIn: stages)
    var found: [Diagnostic]
    do throws(Diagnostics) {
      found = try PipelineDocument(
        parsing: Array("pipeline: p\n\(variables)stages:\n\(lines)\n".utf8),
        path: folder + "/p.yaml",
        catalog: .standard
      ).graph.warnings.all
    } catch {
      found = error.all
    }
    return found.map { problem in
      let location = problem.location.map { "\($0.line):\($0.column)" } ?? ""
      let place = location == marked ? "«" : location + ": "
      return "\(place)\(problem.message); \(problem.notes.first?.message ?? "")"
    }
  }

  /// Line and column of the mark `«`, where problems are to be.
  private static func place(ofMarkIn stages: String) -> String? {
    for (index, line) in stages.split(separator: "\n").enumerated() {
      guard let mark = line.firstIndex(of: "«") else { continue }
      return "\(index + 3):\(line.distance(from: line.startIndex, to: mark) + 3)"
    }
    return nil
  }

  @Test func `are told together with mistakes in settings, but where these say how files are read`()
    throws
  {
    let found = try told(
      """
      a: {load: {csv: d.csv, target: Species, splt: {train: 70%, test: 30%}}}
      c: {load: {csv: d.csv, target: kind, seperator_char: ';', delimter: ';'}}
      """)
    #expect(found.contains { $0.contains("there is no column 'Species' for 'target'") })
    #expect(found.contains { $0.contains("unknown key 'splt'") })
    #expect(!found.contains { $0.contains("'kind'") } && found.contains { $0.contains("delimter") })
  }

  private static let data = "data: {load: {csv: d.csv, target: species}}\n"
  private static let model = data + "model: {from: data, train: {model: linear}}\n"

  @Test(arguments: [
    (
      "csv: d.csv, target: «Species",
      "«there is no column 'Species' for 'target'; did you mean 'species'?"
    ),
    (
      "csv: d.csv, target: species, features: {size: {columns: [«heigth, width]}}",
      "«no column matches 'heigth' of the feature 'size'; did you mean 'height'?"
    ),
    (
      "csv: d.csv, target: species, features: {size: «wid}",
      "«no column matches 'wid' of the feature 'size'; did you mean 'width'?"
    ),
    (
      "csv: d.csv, target: species, features: {x: {columns: [height, «species]}}",
      "«'species' is the target, and cannot be a part of the feature 'x' too; "
        + "take it out of the feature's columns"
    ),
    (
      "csv: d.csv, target: species, features: {height: «number}",
      "«no column matches 'number' of the feature 'height'; "
        + "a kind stands under 'kind': {columns: height, kind: number}"
    ),
    (
      "csv: d.csv, target: species, features: {size: «category}",
      "«no column matches 'category' of the feature 'size'; "
        + "a kind stands under 'kind': {columns: …, kind: category}"
    ),
    (
      "csv: d.csv, target: species, split: {group: «color}",
      "«there is no column 'color' for 'group'; did you mean 'colour'?"
    ),
    (
      "csv: d.csv, target: species, delimiter: «';'",
      "«'d.csv' has no ';' in its first line; write delimiter: ',', which is there"
    ),
    (
      "csv: «d.json, target: species",
      "«'d.json' is no table: it begins as JSON does; "
        + "`jq -c '.[]' old.json > new.jsonl` puts each object on a line, and 'jsonl' reads that"
    ),
    (
      "csv: «https://example.com/d.csv, target: species",
      "«only files of this machine are loaded, and 'https://example.com/d.csv' is an address; "
        + "fetch it in a 'command' stage, and name the file that it writes"
    ),
  ])
  func `settings are held against the columns of a table`(settings: String, message: String) throws
  {
    #expect(try told("d: {load: {\(settings)}}") == [message])
  }

  @Test(arguments: [
    (
      "csv: «texts, target: species",
      "«'texts' is a folder, where a file is to be read; name the files in it, such as 'texts/*.csv'"
    ),
    (
      "csv: [d.csv, «pipe], target: species",
      "«'pipe' is a pipe, and not a file that can be read again; "
        + "write what comes from it to a file, as a 'command' stage can, and name that"
    ),
    (
      "csv: «/dev/zero, target: species",
      "«'/dev/zero' is a device, and not a file that can be read again; "
        + "write what comes from it to a file, as a 'command' stage can, and name that"
    ),
    (
      "csv: «pip*, target: species",
      "«'pipe' is neither a file nor a folder; "
        + "what stages read is compared by its content; name the files that are meant"
    ),
    (
      "images: «fifoimgs",
      "«'fifoimgs/a/x.png' is a pipe, and not a file that can be read again; "
        + "write what comes from it to a file, as a 'command' stage can, and name that"
    ),
  ])
  func `what cannot be read to an end is not opened`(settings: String, message: String) throws {
    #expect(try told("d: {load: {\(settings)}}") == [message])
  }

  @Test(arguments: ["emptyimgs", "texts"])
  func `folders without a picture are named`(folder: String) throws {
    #expect(
      try told("d: {load: {images: «\(folder)}}") == [
        "«there is no image file below '\(folder)'; "
          + "JPEG, PNG, WebP, TIFF and BMP are read, by the endings .jpg, .jpeg, .png, .webp, .tif, .tiff and .bmp"
      ])
  }

  @Test func `models and steps that need an image are not given a table`() throws {
    #expect(
      try told(Self.data + "m: {from: data, train: {model: {«cnn: {channels: [8]}}}}").map {
        $0.prefix { $0 != ";" }
      } == ["«the cnn model needs an image, and the data has none"])
    #expect(
      try told(Self.data + "a: {from: data, augment: [{«flip: {horizontal: 50%}}]}").map {
        $0.prefix { $0 != ";" }
      }.first == "«'flip' changes images, and the data has none")
    #expect(
      try told(Self.data + "c: {from: data, clean: [{«denoise: median}]}").map {
        $0.prefix { $0 != ";" }
      }.first == "«'denoise' needs an image, and the data has none")
    let declared =
      "data: {load: {csv: d.csv, target: species, features: "
      + "{i: {columns: [height, width], height: 1, width: 2}}}}\n"
    #expect(try told(declared + "m: {from: data, train: {model: cnn}}") == [])
    #expect(
      try told(declared + "m: {from: data, train: {model: «transformer}}").map {
        $0.prefix { $0 != ";" }
      } == ["«the transformer model needs a text, and the data has none"])
  }

  @Test(
    arguments: [
      (
        "[{convolution: {channels: 2, padding: 1}}, «{convolution: {channels: 2, kernel: 9}}]",
        "«layer 2 (convolution) has a window of 9x9 (padding 0x0, dilation 1x1) that does not fit its input "
          + "of 8x6"
      ),
      (
        "[«{from: picture, flatten: }]",
        "«layer 1 (flatten) reads 'picture', which is neither a feature"
      ),
      ("[«{convolution: {channels: 2}}]", "«layer 1 (convolution) is the last and gives the shape"),
      ("[flatten, {linear: 10}]", nil),
    ] as [(String, String?)])
  func `layers have to fit an image whose size is known`(
    layers: String, expected: String?
  ) throws {
    let found = try told(
      """
      data: {load: {images: texts, size: [8, 6]}}
      even: {from: data, normalize: min-max}
      m: {from: even, train: {model: {layers: \(layers)}}}
      """
    ).filter { $0.contains("layer ") }
    #expect(found.count == (expected == nil ? 0 : 1))
    if let expected { #expect(found.first?.hasPrefix(expected) ?? false, "\(found)") }
  }

  @Test func `columns of cleaning steps are held against the table`() throws {
    #expect(
      try told(Self.data + "c: {from: data, clean: [{missing: {fill: mean, columns: [«hight]}}]}")
        .first == "«no column matches 'hight'; did you mean 'height'?")
  }

  @Test(arguments: [
    ("{stage: m, pick: {max: «validation.acuracy}}", "validation.acuracy", "validation.accuracy"),
    ("{stage: m, pick: {min: «validation.los}}", "validation.los", "validation.loss"),
    ("{stage: m, pick: {min: «parameter}}", "parameter", "parameters"),
  ])
  func `metrics that no run reports are not picked by`(
    from: String, wrong: String, right: String
  ) throws {
    let matrix =
      "m: {from: data, matrix: {w: [4, 8]}, train: "
      + "{model: {mlp: {hidden: [\"${matrix.w}\"]}}}}\n"
    let told = try told(Self.data + matrix + "q: {from: \(from), quantize: {}}")
    #expect(told == ["«'m' reports no '\(wrong)'; did you mean '\(right)'?"])
  }

  @Test func `metrics that no run reports are no condition`() throws {
    let when = "when: «metrics.model.validation.acuracy > 0.5"
    #expect(
      try told(Self.model + "q: {from: model, \(when), quantize: {}}") == [
        "«'model' reports no 'validation.acuracy'; did you mean 'validation.accuracy'?"
      ])
  }

  @Test func `a split without rows has no metrics`() throws {
    let data = "data: {load: {csv: d.csv, target: species, split: {train: 80%, test: 20%}}}\n"
    let model = "model: {from: data, train: {model: linear}}\n"
    #expect(
      try told(
        data + model + "q: {from: model, when: «metrics.model.validation.loss < 1, quantize: {}}")
        == ["«'model' reports no 'validation.loss'; it reports 'test.loss'"])
  }

  @Test func `a choice without a matrix, and one by test rows, are remarked on`() throws {
    #expect(
      try told(Self.model + "q: {from: {stage: model, pick: {max: «test.accuracy}}, quantize: {}}")
        .map { $0.prefix { $0 != ";" } } == [
          "«'model' has no matrix, so there is nothing to pick from",
          "«'test.accuracy' chooses by the rows that are to be tested on, which makes what is "
            + "measured there look better than it is",
        ])
  }

  private static let folds =
    "data: {matrix: {fold: [1, 2, 3]}, load: {csv: d.csv, target: species, "
    + "split: {folds: 3, fold: \"${matrix.fold}\", validation: 20%}}}\n"
    + "m: {from: data, matrix: {w: [4, 8]}, train: {model: {mlp: {hidden: [\"${matrix.w}\"]}}}}\n"

  @Test(arguments: [
    "q: {from: {stage: m, pick: {max: «validation.accuracy}}, quantize: {}}",
    "p: {from: m, clip: {prune: {magnitude: {sparsity: 50%}}}}\n"
      + "q: {from: {stage: p, pick: {max: «validation.accuracy}}, quantize: {}}",
  ])
  func `the best of folds is no choice of a model`(stages: String) throws {
    #expect(
      try told(Self.folds + stages) == [
        "«'validation.accuracy' chooses among 3 folds, of which the best is the one with the easiest "
          + "rows; folds are there to estimate: compare settings by their means over the folds, which "
          + "the report shows, and train the best once, on a split without folds"
      ])
  }

  @Test func `a choice within each fold is one`() throws {
    let stage = "{stage: m, pick: {max: validation.accuracy}}"
    #expect(
      try told(Self.folds + "q: {from: {data: data, model: \(stage)}, quantize: {}}") == [])
  }

  @Test func `a loss that does not suit the task is refused`() throws {
    let data = "data: {load: {csv: d.csv, target: species, task: classification}}\n"
    #expect(
      try told(data + "m: {from: data, train: {model: linear, loss: «mse}}")
        == ["«the loss 'mse' does not suit a classification; use cross-entropy or focal"])
  }

  @Test func `options about classes are refused where values are learnt`() throws {
    let data = "data: {load: {csv: d.csv, target: height, task: regression}}\n"
    #expect(
      try told(data + "m: {from: data, train: {model: linear, label-smoothing: «0.1}}")
        == ["«labels of values cannot be smoothed; leave 'label-smoothing' out"])
    #expect(
      try told(data + "m: {from: data, train: {model: linear, class-weights: «balanced}}")
        == [
          "«class weights need classes, but the target is a regression; leave 'class-weights' out"
        ])
  }

  @Test func `splits to measure on have to be there`() throws {
    let data = "data: {load: {csv: d.csv, target: species, split: {train: 80%, test: 20%}}}\n"
    let evaluate = "evaluate: «[test, validation]"
    let told = try told(data + "m: {from: data, train: {model: linear, \(evaluate)}}")
    #expect(
      told == [
        "«the data has no validation split to measure the model on; leave 'validation' out of "
          + "'evaluate', or give the split a share where data is loaded"
      ])
  }

  @Test(arguments: ["data", "model"])
  func `work that no stage shares is refused`(way: String) throws {
    #expect(
      try told(Self.data + "m: {from: data, parallelism: «{\(way): 2}, train: {model: linear}}")
        == [
          "«'train' cannot share its work between 2 processes; leave 'parallelism' to 'auto', or use "
            + "'task' for the instances of a matrix"
        ])
  }

  @Test func `a file that a stage makes is not looked at, and is waited for`() throws {
    let make = "make: {command: {run: x, outputs: [d.csv, e.csv]}}\n"
    #expect(try told(make + "d: {from: make, load: {csv: e.csv, target: none}}") == [])
    #expect(try told(make + "d: {from: make, load: {csv: d.csv, target: none}}") == [])
  }

  @Test(arguments: [("d.csv", ""), ("${vars.made}", "vars: {made: d.csv}\n")])
  func `a file that a stage further down makes is not looked at`(
    output: String, variables: String
  ) throws {
    let read = "d: {load: {csv: d.csv, target: none}}\nmodel: {from: d, train: {model: linear}}\n"
    let make = "make: {command: {run: x, outputs: [\"\(output)\"]}}\n"
    #expect(try told(read + make, variables: variables) == [])
  }

  @Test func `batches of one row are refused under a batch norm`() throws {
    let settings = "model: {mlp: {batch-norm: true}}, batch: «1"
    #expect(
      try told(Self.data + "m: {from: data, train: {\(settings)}}") == [
        "«a batch norm cannot learn from batches of one row; "
          + "write 'batch: 2' or more, or use a model without batch norm"
      ])
  }
}
