/// Values that other formats and other programs write otherwise.
enum ValueCases {
  static let all: [MistakeCase] = [
    MistakeCase(
      "bool words",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, header: yes, split: {stratify: on}}}
      """,
      [
        ("3:54", "expected 'true' or 'false', found the text 'yes'", "write true"),
        ("3:77", "expected 'true' or 'false', found the text 'on'", "write true"),
      ]),
    MistakeCase(
      "thousands", afterData: true,
      """
        m:
          from: data
          train:
            model: linear
            epochs: 1_000
            batch: 1,024
      """,
      [
        ("8:15", "expected a whole number, found the text '1_000'", "write 1000"),
        ("9:14", "expected a whole number, found the text '1,024'", "write 1024"),
      ]),
    MistakeCase(
      "decimal comma", afterData: true,
      """
        m: {from: data, train: {model: linear, optimizer: {sgd: {learning-rate: 0,01}}}}
      """,
      [
        (
          "4:75", "within { } a ',' ends the value of 'learning-rate', which is '0' here",
          "write 0.01"
        )
      ]),
    MistakeCase(
      "thousand flow", afterData: true,
      """
        m: {from: data, train: {model: linear, batch: 1,024}}
      """,
      [
        ("4:49", "within { } a ',' ends the value of 'batch', which is '1' here", "write 1024")
      ]),
    MistakeCase(
      "tuple", afterData: true,
      """
        m: {from: data, train: {model: {mlp: {hidden: (8, 16)}}}}
      """,
      [
        ("4:49", "within { } a ',' ends the value of 'hidden', which is '(8' here", "write [8, 16]")
      ]),
    MistakeCase(
      "tuple block", afterData: true,
      """
        m:
          from: data
          train:
            model:
              mlp:
                hidden: (8, 16)
      """,
      [
        ("9:19", "expected a list, found the text '(8, 16)'", "write it as a list: [8, 16]")
      ]),
    MistakeCase(
      "comma-text",
      """
      pipeline: p
      stages:
        m: {command: {run: echo a, b > x, outputs: [x]}}
      """,
      [
        (
          "3:22", "within { } a ',' ends the value of 'run', which is 'echo a' here",
          "write the text in quotes: 'echo a, b > x'"
        )
      ]),
    MistakeCase(
      "trailing comma", afterData: true,
      """
        m:
          from: data
          train:
            model: linear
            epochs: 2,
            batch: 16;
      """,
      [
        ("8:15", "expected a whole number, found the text '2,'", "take the ',' away"),
        ("9:14", "expected a whole number, found the text '16;'", "take the ';' away"),
      ]),
    MistakeCase(
      "comment", afterData: true,
      """
        m:
          from: data
          train:
            model: linear
            epochs: 2 // twice
      """,
      [
        ("8:15", "expected a whole number, found the text '2 // twice'", "comments begin with '#'")
      ]),
    MistakeCase(
      "no commas", afterData: true,
      """
        m: {from: data, train: {model: {mlp: {hidden: [8 16]}}}}
      """,
      [
        (
          "4:50", "expected a whole number, found the text '8 16'",
          "write a list as [8, 16], where one may stand"
        )
      ]),
    MistakeCase(
      "8x8", afterData: true,
      """
        m: {from: data, train: {model: {mlp: {hidden: 8x8}}}}
      """,
      [
        ("4:49", "expected a list, found the text '8x8'", "write it as a list: [8, 8]")
      ]),
    MistakeCase(
      "range", afterData: true,
      """
        m: {from: data, matrix: {w: 4..8}, train: {model: {mlp: {hidden: ["${matrix.w}"]}}}}
      """,
      [
        ("4:31", "'w' takes a list of values", "write it as matrix: {w: [4, 5, 6, 7, 8]}")
      ]),
    MistakeCase(
      "exclude", afterData: true,
      """
        m: {from: data, matrix: {w: [4, 8], exclude: {w: 4}}, train: {model: {mlp: {hidden: ["${matrix.w}"]}}}}
      """,
      [
        ("4:48", "'exclude' takes a list of mappings", "write it as exclude: [{w: 4}]")
      ]),
    MistakeCase(
      "matrix list", afterData: true,
      """
        m: {from: data, matrix: [4, 8], train: {model: linear}}
      """,
      [
        (
          "4:27", "'matrix' takes a mapping of names to lists",
          "give the values a name, as in matrix: {depth: [4, 8]}"
        )
      ]),
    MistakeCase(
      "k", afterData: true,
      """
        m: {from: data, train: {model: linear, batch: 1k}}
      """,
      [
        ("4:49", "expected a whole number, found the text '1k'", "write 1000")
      ]),
    MistakeCase(
      "none", afterData: true,
      """
        m: {from: data, train: {model: linear, epochs: None}}
      """,
      [
        ("4:50", "expected a whole number, found the text 'None'", "leave the key out")
      ]),
    MistakeCase(
      "joined", afterData: true,
      """
        m: {from: data, train: {model:linear, epochs: 3}}
      """,
      [
        ("4:27", "unknown key 'model:linear'", "write 'model: linear', with a space after the ':'")
      ]),
    MistakeCase(
      "joined2", afterData: true,
      """
        m:
          from: data
          train:
            model:linear
      """,
      [
        (
          "7:7", "expected a mapping of settings, found the text 'model:linear'",
          "write 'model: linear', with a space after the ':'"
        )
      ]),
    MistakeCase(
      "split list",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, split: [0.8, 0.1, 0.1]}}
      """,
      [
        (
          "3:53", "expected a mapping of settings, found a list",
          "write {train: 0.8, validation: 0.1, test: 0.1}"
        )
      ]),
    MistakeCase(
      "split pct",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, split: [80%, 10%, 10%]}}
      """,
      [
        (
          "3:53", "expected a mapping of settings, found a list",
          "write {train: 80%, validation: 10%, test: 10%}"
        )
      ]),
    MistakeCase(
      "split str",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, split: 80/10/10}}
      """,
      [
        (
          "3:53", "expected a mapping of settings, found the text '80/10/10'",
          "write {train: 80%, validation: 10%, test: 10%}"
        )
      ]),
    MistakeCase(
      "load list",
      """
      pipeline: p
      stages:
        data:
          load:
            - csv: d.csv
            - target: species
      """,
      [
        (
          "5:7", "expected a mapping of settings, found a list",
          "take the '- ' before each key away"
        )
      ]),
    MistakeCase(
      "features list",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, features: [height, width]}}
      """,
      [
        ("3:56", "expected a mapping, found a list", "give it a name: {x: [height, width]}")
      ]),
    MistakeCase(
      "features str",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, features: height}}
      """,
      [
        ("3:56", "expected a mapping, found the text 'height'", "give it a name: {x: height}")
      ]),
    MistakeCase(
      "early-stop mapping", afterData: true,
      """
        m: {from: data, train: {model: linear, early-stop: {patience: 3}, gradient-clip: 1.0}}
      """,
      [
        ("4:54", "expected a whole number, found a mapping", "write 'early-stop: 3'"),
        (
          "4:84", "expected one of 2 names, found the number 1.0",
          "write {norm: 1.0} or {value: 1.0}"
        ),
      ]),
    MistakeCase(
      "early list", afterData: true,
      """
        m: {from: data, train: {model: linear, early-stop: [3]}}
      """,
      [
        ("4:54", "expected a whole number, found a list", "write 'early-stop: 3'")
      ]),
    MistakeCase(
      "nulls",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: d.csv
            target: ~
        m:
          from: null
          train:
            epochs: null
      """,
      [
        ("6:15", "'target' has no value", "'anneal help load' shows what may stand here"),
        (
          "8:11", "'from' takes the name of a stage here",
          "write from: NAME, from: [NAME, NAME] or from: {ROLE: NAME}"
        ),
        ("10:15", "'epochs' has no value", "for example 'epochs: auto'"),
      ]),
    MistakeCase(
      "several lines",
      """
      pipeline: p
      stages:
        prep:
          command:
            run:
              - cp d.csv e.csv
              - echo done
            outputs: [e.csv]
      """,
      [
        (
          "6:11", "'cp d.csv e.csv' is taken for the name of a program",
          "several lines are written as one text: 'run: |', and the lines below it without '-'"
        )
      ]),
    MistakeCase(
      "memory unit", afterData: true,
      """
        m: {from: data, train: {model: linear}, memory: 4G}
      """,
      [
        ("4:51", "expected a number of bytes, found the text '4G'", "write 4GiB or 4GB")
      ]),
    MistakeCase(
      "timeout unit", afterData: true,
      """
        m: {from: data, train: {model: linear}, timeout: 30min}
      """,
      [
        ("4:52", "expected a duration, found the text '30min'", "write 30m")
      ]),
    MistakeCase(
      "one text",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: d.csv
            target: species
            missing: NA, ?, -
      """,
      [
        (
          "7:16", "warning: 'NA, ?, -' is one text",
          "write [NA, '?', '-'] for several, or put the text in quotes"
        )
      ]),
  ]
}
