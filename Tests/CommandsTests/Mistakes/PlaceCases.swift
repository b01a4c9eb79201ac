/// Keys that stand higher, deeper, or beside where they belong.
enum PlaceCases {
  static let all: [MistakeCase] = [
    MistakeCase(
      "settings not indented", afterData: true,
      """
        m:
          from: data
          train:
          model: {mlp: {hidden: [8]}}
          epochs: 2
      """,
      [
        ("7:5", "'model' belongs under 'train'", "indent it further than 'train'"),
        ("8:5", "'epochs' belongs under 'train'", "indent it further than 'train'"),
      ]),
    MistakeCase(
      "type key", afterData: true,
      """
        m: {from: data, train: {model: {type: mlp, hidden: [8]}}}
      """,
      [
        (
          "4:35", "what is chosen is a key itself, and no value of 'type'",
          "write {mlp: {hidden: [8]}}"
        )
      ]),
    MistakeCase(
      "type opt", afterData: true,
      """
        m: {from: data, train: {model: linear, optimizer: {type: Adam, lr: 0.1}}}
      """,
      [
        (
          "4:54", "what is chosen is a key itself, and no value of 'type'",
          "write {adam: {learning-rate: 0.1}}"
        )
      ]),
    MistakeCase(
      "norm2", afterData: true,
      """
        m: {from: data, normalize: {method: z-score}}
      """,
      [
        ("4:31", "what is chosen is a key itself, and no value of 'method'", "write z-score")
      ]),
    MistakeCase(
      "under-indented model", afterData: true,
      """
        m:
          from: data
          train:
            model:
              mlp:
              hidden: [8]
      """,
      [
        ("9:9", "'hidden' belongs under 'mlp'", "indent it further than 'mlp'")
      ]),
    MistakeCase(
      "under-indented steps", afterData: true,
      """
        m:
          from: data
          clean:
            - missing:
              fill: median
            - outliers:
              z-score: clip
      """,
      [
        ("8:9", "'fill' belongs under 'missing'", "indent it further than 'missing'"),
        ("10:9", "'z-score' belongs under 'outliers'", "indent it further than 'outliers'"),
      ]),
    MistakeCase(
      "under-indented matrix", afterData: true,
      """
        m:
          from: data
          matrix:
          w: [4, 8]
          train: {model: {mlp: {hidden: ["${matrix.w}"]}}}
      """,
      [
        ("7:5", "'w' belongs under 'matrix'", "indent it further than 'matrix'")
      ]),
    MistakeCase(
      "nullsettings", afterData: true,
      """
        m:
          from: data
          quantize:
          weights: int8
      """,
      [
        ("7:5", "'weights' belongs under 'quantize'", "indent it further than 'quantize'")
      ]),
    MistakeCase(
      "prune flat", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        c: {from: m, clip: {sparsity: 90%, method: magnitude}}
      """,
      [
        ("5:23", "unknown key 'sparsity'", "write prune: {magnitude: {sparsity: 90%}}"),
        ("5:38", "unknown key 'method'", "write prune: {magnitude: …}"),
      ]),
    MistakeCase(
      "hidden flat", afterData: true,
      """
        m: {from: data, train: {hidden: [8], epochs: 2}}
      """,
      [
        ("4:27", "unknown key 'hidden'", "write model: {mlp: {hidden: [8]}}")
      ]),
    MistakeCase(
      "floor", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        a: {from: m, accelerate: {accuracy: -1%}}
      """,
      [
        ("5:29", "unknown key 'accuracy'", "write floor: {accuracy: -1%}")
      ]),
    MistakeCase(
      "by-class", afterData: true,
      """
        m: {from: data, train: {model: linear, class-weights: {cat: 2, dgo: 1}}}
      """,
      [
        ("4:58", "'cat' belongs under 'by-class'", "write {by-class: {cat: 2, dgo: 1}}")
      ]),
    MistakeCase(
      "optimizer settings", afterData: true,
      """
        m: {from: data, train: {model: linear, optimizer: {learning-rate: 0.1}}}
      """,
      [
        (
          "4:54", "what 'learning-rate' belongs to is not said",
          "write {adamw: {learning-rate: 0.1}}; in its place there may be adam, sgd, lion, rmsprop, adagrad"
        )
      ]),
    MistakeCase(
      "epochs in model", afterData: true,
      """
        m: {from: data, train: {model: {mlp: {hidden: [8], epochs: 3}}}}
      """,
      [
        ("4:54", "unknown key 'epochs'", "'epochs' stands beside 'model', not in it")
      ]),
    MistakeCase(
      "epochs in model 2", afterData: true,
      """
        m:
          from: data
          train:
            model:
              mlp: {hidden: [8]}
              epochs: 3
      """,
      [
        ("9:9", "more than one thing is chosen here", "'epochs' stands beside 'model', not in it")
      ]),
    MistakeCase(
      "device in model", afterData: true,
      """
        m: {from: data, train: {model: {mlp: {hidden: [8], device: cuda}}}}
      """,
      [
        ("4:54", "unknown key 'device'", "'device' stands beside 'train', not in it")
      ]),
    MistakeCase(
      "from in load",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: d.csv
            target: species
            from: x
            device: cpu
      """,
      [
        ("7:7", "'from' stands beside 'load', not in it", "move it to where 'load' stands"),
        ("8:7", "'device' stands beside 'load', not in it", "move it to where 'load' stands"),
      ]),
    MistakeCase(
      "pick flat", afterData: true,
      """
        m: {from: data, matrix: {d: [8, 14]}, train: {model: linear, epochs: "${matrix.d}"}}
        q: {from: m, pick: {max: validation.accuracy}, quantize: {weights: int8}}
      """,
      [
        ("5:16", "unknown key 'pick'", "write from: {stage: m, pick: {max: validation.accuracy}}")
      ]),
    MistakeCase(
      "clean-two", afterData: true,
      """
        m:
          from: data
          clean:
            - missing: {fill: median}
              duplicates: drop
      """,
      [
        (
          "8:9", "more than one thing is chosen here",
          "keep one of them; in a list, begin each with '- '"
        )
      ]),
    MistakeCase(
      "clean-map", afterData: true,
      """
        m: {from: data, clean: {fillna: median}}
      """,
      [
        ("4:26", "expected a list, found a mapping", "begin each entry with '- '")
      ]),
  ]
}
