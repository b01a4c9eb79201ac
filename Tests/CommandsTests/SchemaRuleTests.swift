import Diagnostics
import Pipeline
import Stages
import Testing
import YAML

/// What holds between keys, and what texts look like: told by the schema as by the reader.
@Suite struct `The rules of the schema` {
  /// The body of a stage beside one called `data`, for each rule that it breaks.
  private static let wrongStages = [
    "load: {target: t}", "load: {csv: a.csv, images: pics, target: t}", "load: {csv: a.csv}",
    "load: ", "load: {images: pics, target: t}", "load: {images: pics, header: false}",
    "load: {images: pics, features: {x: x}}", "load: {images: pics, task: regression}",
    "load: {csv: a.csv, target: t, size: 8}", "load: {csv: 's3://bucket/a.csv', target: t}",
    "load: {csv: '', target: t}", "load: {csv: a.csv, target: t, delimiter: '::'}",
    "load: {images: pics, size: [8, 8, 3]}", "load: {images: pics, size: 0}",
    "load: {csv: a.csv, target: t, features: {f: {columns: []}}}",
    "load: {csv: a.csv, target: t, features: {f: {columns: x, height: 8}}}",
    "load: {csv: a.csv, target: t, features: {f: {columns: x, kind: image}}}",
    "load: {csv: a.csv, target: t, features: {f: {columns: x, kind: number, height: 1, width: 1}}}",
    "load: {csv: a.csv, target: t, split: {column: x, train: 70%}}",
    "load: {csv: a.csv, target: t, split: {column: x, files: {train: a.csv}}}",
    "load: {csv: a.csv, target: t, split: {stratify: true, time: x}}",
    "load: {csv: a.csv, target: t, split: {gap: 3}}",
    "load: {csv: a.csv, target: t, split: {folds: 5}}",
    "load: {csv: a.csv, target: t, split: {fold: 5}}",
    "load: {csv: a.csv, target: t, split: {folds: 5, fold: 1, test: 10%}}",
    "load: {csv: a.csv, target: t, split: {validation: 50%, test: 50%}}",
    "load: {csv: a.csv, target: t, split: {files: {training: a.csv}}}",
    "clean: [duplicates: drop]", "from: data\nclean: []", "from: data\nclean: [missing: {}]",
    "from: data\nclean: [missing: {rows: drop, fill: median}]",
    "from: pictures\nclean: [denoise: {gaussian: {size: 4}}]",
    "from: pictures\naugment: [flip: {}]", "from: pictures\naugment: []",
    "from: pictures\naugment: [flip: {horizontal: 0}]",
    "from: data\ntrain: {model: linear, freeze: ['*']}",
    "from: pictures\ntrain: {model: {resnet: {depth: 19}}}",
    "from: pictures\ntrain: {model: {cnn: {kernel: 4}}}",
    "from: pictures\ntrain: {model: {cnn: {channels: []}}}",
    "from: data\ntrain: {model: {layers: []}}", "train: {model: linear}",
    "from: data\ntrain: {model: linear, optimizer: {sgd: {nesterov: true, momentum: 0}}}",
    "from: {rows: data}\ntrain: {model: linear}", "from: ' data'\ntrain: {model: linear}",
    "from: model\nclip: {}", "from: model\nclip: {weights: [1]}",
    "from: model\nclip: {weights: [-1, 1], during: training}",
    "from: {teacher: model}\ndistill: {student: linear, hard-weight: 0, soft-weight: 0}",
    "command: {run: ' ', outputs: [y]}", "command: {run: x, outputs: [/tmp/y]}",
    "command: {run: x, outputs: [../y]}", "command: {run: x, outputs: [a/../../y]}",
    "command: {run: x, outputs: ['*.csv']}",
    "command: {run: x, outputs: [y], environment: [ANNEAL_SEED]}",
    "command: {run: x, outputs: [y], environment: {a-b: 1}}",
    "command: {run: 'echo ${HOME}', outputs: [y]}",
    "from: data\nmatrix: {1st: [1]}\ntrain: {model: linear}",
    "from: '${matrix.w}'\nmatrix: {w: [data]}\ntrain: {model: linear}",
    "from: data\ntrain: {model: linear, epochs: '${vars.n * 2}'}",
    "from: data\ntrain: {model: linear, epochs: '${n}'}",
    "from: data\ntrain: {model: linear, epochs: '${vars}'}",
    "from: data\ntrain: {model: linear, epochs: '${vars.n'}",
    "from: data\ndescribe: '${var.n}'\ntrain: {model: linear}",
    "load: {csv: ~/a.csv, target: t}", "load: {csv: $HOME/a.csv, target: t}",
    "load: {csv: '{{ table }}/a.csv', target: t}", "load: {csv: 'data\\a.csv', target: t}",
    "load: {csv: ['%DATA%/a.csv'], target: t}", "load: {images: $vars.table, size: 8}",
    "command: {run: ['cp a.csv c.csv'], outputs: [c.csv]}",
    "from: data\nwhen: vars.n > 2 && vars.yes\ntrain: {model: linear}",
    "from: data\nwhen: '{{ vars.n > 2 }}'\ntrain: {model: linear}",
    "from: data\nwhen: vars.n = 3\ntrain: {model: linear}",
    "from: data\nwhen: vars.n * 2 > 3\ntrain: {model: linear}",
  ]

  private static let rightStages = [
    "load: {csv: a.csv, images: , target: t}", "load: {csv: [a.csv], task: none, size: }",
    "load: {csv: '${vars.table}', target: t}", "load: {csv: a.csv, task: '${vars.task}'}",
    "load: {images: pics, header: true, missing: [], features: {}, delimiter: }",
    "load: {images: pics, header: '${vars.yes}', size: [8, 4]}",
    "load: {csv: tabs.csv, target: t, delimiter: tab}",
    "load: {csv: '{a,b}.csv', target: t}", "load: {csv: './{{a,b},b}.cs?', target: t}",
    "from: data\nwhen: (vars.n >= 2.5 or not vars.yes) and '${vars.stage}' == \"a = b\"\ntrain: {model: linear}",
    "from: data\nwhen: metrics.model.validation.accuracy >= 90% and vars.${vars.which} != -1e3\ntrain: {model: linear}",
    "load: {csv: a.csv, target: t, features: {f: {columns: x, kind: image, height: 1, width: 1}}}",
    "load: {csv: a.csv, target: t, features: {f: {columns: x, kind: number, height: }, g: y}}",
    "load: {csv: a.csv, target: t, split: {column: x, train: , stratify: false, files: {}}}",
    "load: {csv: a.csv, target: t, split: {files: {train: a.csv, test: [b.csv]}}}",
    "load: {csv: a.csv, target: [t], split: {stratify: true, group: x}}",
    "load: {csv: a.csv, target: 't*', task: multi-label, split: {folds: 5, fold: 1, validation: 10%}}",
    "load: {csv: a.csv, target: t, weight: x, split: {time: x, gap: 7, folds: 3, fold: 3}}",
    "from: data\nclean: [missing: drop, missing: {fill: 0}, missing: {fill: median, rows: }]",
    "from: pictures\nclean: [denoise: {gaussian: {size: 5}}]",
    "from: pictures\naugment: [flip: {horizontal: 50%}]",
    "from: pictures\ntrain: {model: {resnet: {depth: 110}}}",
    "from: pictures\ntrain: {model: {cnn: {kernel: 5, channels: [8]}}}",
    "from: data\ntrain: {model: linear, freeze: []}",
    "from: {data: data, model: model}\ntrain: {freeze: ['*']}",
    "from: data\ntrain: {model: linear, optimizer: {sgd: {nesterov: true}}}",
    "from: {teacher: [model], data: data}\ndistill: {student: linear, hard-weight: 0}",
    "from: model\nclip: {weights: [-1, 1]}",
    "from: model\nclip: {weights: {sigma: 2}, during: training, prune: {magnitude: {sparsity: 50%, epochs: 1}}}",
    "command: {run: 'echo $HOME $${HOME} > y', outputs: [./out/..y]}",
    "command: {run: x, outputs: ['${vars.n}.txt'], environment: {A: '${vars.n}'}}",
    "from: data\nmatrix: {w: [1, 2]}\ntrain: {model: {mlp: {hidden: ['${matrix.w}']}}}",
    "from: data\nmatrix: '${vars.axes}'\ntrain: {model: linear, epochs: '${matrix.w}'}",
    "from: '${vars.stage}'\nwhen: vars.n > 2 and '${vars.stage}' == 'data'\ntrain: {model: linear}",
    "from: data\ntrain: {model: linear, epochs: '${vars.deep.0.er sub}'}",
    "from: data\ntrain: {model: linear, epochs: '${vars.${vars.which}}'}",
    "from: data\ndescribe: 'n: ${vars.n}, $${x}, $5, {{y}}'\ntrain: {model: linear}",
  ]

  /// Whole files, for what is not within a stage.
  private static let wrongFiles = [
    "pipeline: my pipe\nstages: {a: {load: {csv: a.csv, target: t}}}",
    "pipeline: p\nvars: {1st: 2}\nstages: {a: {load: {csv: a.csv, target: t}}}",
    "pipeline: p\nvars: {n: ['${matrix.w}']}\nstages: {a: {load: {csv: a.csv, target: t}}}",
    "pipeline: p\nvars: {n: {m: '${n}'}}\nstages: {a: {load: {csv: a.csv, target: t}}}",
    "pipeline: p\ninclude: '${vars.n}.yaml'\nvars: {n: part}",
    "pipeline: p\ninclude: parts/*.yaml", "pipeline: p\ninclude: [part.yaml, 'x{a,b}.yaml']",
    "pipeline: p\nvars: {n: 1}\nstages: {'${vars.n}': {load: {csv: a.csv, target: t}}}",
  ]

  private static let files =
    wrongStages.map { (whole($0), false) } + wrongFiles.map { ($0, false) }
    + rightStages.map { (whole($0), true) }

  private static func whole(_ stage: String) -> String {
    let lines = stage.split(separator: "\n").map { "    \($0)\n" }.joined()
    return """
      pipeline: p
      vars:
        {n: 3, which: n, table: a.csv, task: none, yes: true, stage: data, axes: {w: [1]},
        deep: [{er sub: 2}]}
      stages:
        data: {load: {csv: a.csv, target: t}}
        pictures: {load: {images: pics, size: 8}}
        model: {from: data, train: {model: linear}}
        own:
      \(lines)
      """
  }

  @Test(.enabled(if: SchemaValidator.isThere))
  func `are kept by an independent validator`() throws {
    var validator = SchemaValidator()
    for (text, _) in Self.files { try validator.add(text, as: text) }
    let problems = try validator.problems()
    for (text, isRight) in Self.files {
      #expect(problems[text]?.isEmpty == isRight, "\(text)\n\(problems[text] ?? [])")
    }
  }

  @Test(arguments: files)
  func `are the reader's`(text: String, isRight: Bool) throws {
    let program = try Program()
    try program.write(text, to: "p.yaml")
    try program.write("t,x,y\na,2,5\nb,3,6\n", to: "a.csv")
    try program.write("t,x,y\na,4,7\n", to: "b.csv")
    try program.write("t\tx\na\t2\n", to: "tabs.csv")
    try program.write("", to: "pics/one/1.png")
    var problems: [String] = []
    do {
      _ = try PipelineDocument(reading: program.folder + "/p.yaml", catalog: .standard)
    } catch {
      problems = error.all.filter { $0.severity == .error }.map(\.message)
    }
    #expect(problems.isEmpty == isRight, "\(problems)")
  }
}
