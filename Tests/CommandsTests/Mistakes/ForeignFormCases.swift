/// Files and stages in the form of other programs, and sections in the wrong place.
enum ForeignFormCases {
  static let all: [MistakeCase] = [
    MistakeCase(
      "DVC",
      """
      stages:
        prepare:
          cmd: python prepare.py data.xml
          deps:
            - prepare.py
            - data.xml
          params:
            - prepare.seed
          outs:
            - prepared
        train:
          cmd: python train.py
          deps: [train.py, prepared]
          metrics:
            - metrics.json:
                cache: false
          outs: [model.pkl]
      """,
      [
        (
          "3:5", "stage 'prepare' does not name its kind, which is 'command'",
          "write command: {run: python prepare.py data.xml, inputs: [prepare.py, data.xml], outputs: [prepared]}"
        ),
        (
          "12:5", "stage 'train' does not name its kind, which is 'command'",
          "write command: {run: python train.py, inputs: [train.py, prepared], metrics: …, outputs: [model.pkl]}"
        ),
      ]),
    MistakeCase(
      "DVC in command",
      """
      pipeline: p
      stages:
        prepare:
          command:
            cmd: cp d.csv e.csv
            deps: [d.csv]
            outs: [e.csv]
      """,
      [
        ("5:7", "unknown key 'cmd'", "did you mean 'run'?"),
        ("6:7", "unknown key 'deps'", "did you mean 'inputs'?"),
        ("7:7", "unknown key 'outs'", "did you mean 'outputs'?"),
      ]),
    MistakeCase(
      "Snakemake",
      """
      rule all:
          input: "e.csv"

      rule prepare:
          input: "d.csv"
      """,
      [
        (
          "1:1", "the file is written for Snakemake",
          "write each step as a stage: stages: {prepare: {command: {run: …, inputs: […], outputs: […]}}}"
        )
      ]),
    MistakeCase(
      "GitHub Actions",
      """
      name: p
      on: push
      jobs:
        data:
          runs-on: ubuntu-latest
          steps:
            - uses: actions/checkout@v4
      """,
      [
        (
          "2:1", "the file is written for GitHub Actions",
          "write each step as a stage: stages: {prepare: {command: {run: …, inputs: […], outputs: […]}}}"
        )
      ]),
    MistakeCase(
      "MLproject",
      """
      name: p
      conda_env: c.yaml
      entry_points:
        main: {command: python train.py}
      """,
      [
        (
          "2:1", "the file is written for MLflow",
          "write each step as a stage: stages: {prepare: {command: {run: …, inputs: […], outputs: […]}}}"
        )
      ]),
    MistakeCase(
      "Ludwig",
      """
      input_features: [{name: a, type: number}]
      output_features: [{name: b}]
      """,
      [
        (
          "1:1", "the file is written for Ludwig",
          "write stages: {data: {load: {csv: …, target: …}}, model: {from: data, train: {model: …}}}"
        )
      ]),
    MistakeCase(
      "Compose",
      """
      services:
        a: {image: x}
      """,
      [
        (
          "1:1", "the file is written for Docker Compose",
          "write each step as a stage: stages: {prepare: {command: {run: …, inputs: […], outputs: […]}}}"
        )
      ]),
    MistakeCase(
      "GitLab",
      """
      stages: [build, test]
      build:
        stage: build
        script: make
      """,
      [
        (
          "1:1", "the file is written for GitLab CI",
          "write each step as a stage: stages: {prepare: {command: {run: …, inputs: […], outputs: […]}}}"
        )
      ]),
    MistakeCase(
      "kind as a value",
      """
      pipeline: p
      stages:
        data:
          kind: load
          csv: d.csv
          target: species
        model:
          from: data
          kind: train
          epochs: 3
      """,
      [
        (
          "4:5", "a stage's kind is a key, and no value of 'kind'",
          "write load: {csv: d.csv, target: species}"
        ),
        ("9:5", "a stage's kind is a key, and no value of 'kind'", "write train: {epochs: 3}"),
      ]),
    MistakeCase(
      "uses", afterData: true,
      """
        m: {from: data, uses: train, with: {model: linear}}
      """,
      [
        ("4:19", "a stage's kind is a key, and no value of 'uses'", "write train: {model: linear}")
      ]),
    MistakeCase(
      "cmd", afterData: true,
      """
        m: {cmd: python x.py}
      """,
      [
        (
          "4:7", "stage 'm' does not name its kind, which is 'command'",
          "write command: {run: python x.py}"
        )
      ]),
    MistakeCase(
      "script", afterData: true,
      """
        m:
          script:
            - python x.py
            - echo done
      """,
      [
        (
          "5:5", "stage 'm' does not name its kind, which is 'command'",
          "write command: {run: …}, with several lines as one text"
        )
      ]),
    MistakeCase(
      "shell", afterData: true,
      """
        m: {shell: python x.py, input: d.csv, output: e.csv}
      """,
      [
        (
          "4:7", "stage 'm' does not name its kind, which is 'command'",
          "write command: {run: python x.py, inputs: [d.csv], outputs: [e.csv]}"
        )
      ]),
    MistakeCase(
      "bare",
      """
      pipeline: p
      stages:
        data: {csv: d.csv, target: species}
        m: {from: data, model: linear, epochs: 3}
      """,
      [
        (
          "3:3", "stage 'data' does not say what it does",
          "write load: {csv: d.csv, target: species}"
        ),
        ("4:3", "stage 'm' does not say what it does", "write train: {model: linear, epochs: 3}"),
      ]),
    MistakeCase(
      "strategy", afterData: true,
      """
        m:
          strategy:
            matrix:
              w: [4, 8]
          from: data
          train: {model: {mlp: {hidden: ["${matrix.w}"]}}}
      """,
      [
        ("5:5", "unknown key 'strategy'", "write matrix: {w: [4, 8]}, without 'strategy'")
      ]),
    MistakeCase(
      "version and name",
      """
      version: 2
      name: p
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        ("1:1", "unknown key 'version'", "take it away; the format has no version"),
        ("2:1", "unknown key 'name'", "did you mean 'pipeline'?"),
      ]),
    MistakeCase(
      "stage",
      """
      pipeline: p
      stage:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        ("2:1", "unknown key 'stage'", "did you mean 'stages'?")
      ]),
    MistakeCase(
      "steps",
      """
      pipeline: p
      steps:
        - load: {csv: d.csv, target: species}
        - train: {model: linear}
      """,
      [
        ("2:1", "unknown key 'steps'", "did you mean 'stages'?")
      ]),
    MistakeCase(
      "stages list",
      """
      pipeline: p
      stages:
        - data: {load: {csv: d.csv, target: species}}
        - m: {from: data, train: {model: linear}}
      """,
      [
        ("3:3", "'stages' takes a mapping", "take the '- ' before each name away")
      ]),
    MistakeCase(
      "stages list 2",
      """
      pipeline: p
      stages:
        - name: data
          load: {csv: d.csv, target: species}
      """,
      [
        (
          "3:3", "'stages' takes a mapping",
          "give each stage a name in place of the '-': stages: {data: {…}}"
        )
      ]),
    MistakeCase(
      "kinds at top",
      """
      pipeline: p
      load:
        csv: d.csv
        target: species
      train:
        model: linear
      """,
      [
        ("2:1", "'load' is a kind of stage, and stands in none", "write stages: {data: {load: …}}"),
        (
          "5:1", "'train' is a kind of stage, and stands in none",
          "write stages: {model: {train: …}}"
        ),
      ]),
    MistakeCase(
      "vars in stages",
      """
      pipeline: p
      stages:
        vars: {epochs: 3}
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${vars.epochs}"}}
      """,
      [
        ("3:3", "'vars' stands beside 'stages', not in it", "indent it as far as 'stages'")
      ]),
    MistakeCase(
      "variables",
      """
      pipeline: p
      variables: {epochs: 3}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${vars.epochs}"}}
      """,
      [
        ("2:1", "unknown key 'variables'", "did you mean 'vars'?")
      ]),
    MistakeCase(
      "epochs top",
      """
      pipeline: p
      epochs: 3
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        ("2:1", "unknown key 'epochs'", "write it in a stage: train: {epochs: 3}")
      ]),
    MistakeCase(
      "device top",
      """
      pipeline: p
      device: cuda
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        ("2:1", "unknown key 'device'", "write it in a stage, beside its kind")
      ]),
    MistakeCase(
      "vars list",
      """
      pipeline: p
      vars:
        - epochs: 5
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${vars.epochs}"}}
      """,
      [
        ("3:3", "'vars' takes a mapping", "take the '- ' before each name away")
      ]),
    MistakeCase(
      "env mapping",
      """
      pipeline: p
      env: {DATA: /data}
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        (
          "2:6", "'env' takes a list of names",
          "write it as [DATA]; values of your own stand under 'vars'"
        )
      ]),
    MistakeCase(
      "pipeline mapping",
      """
      pipeline:
        name: p
        seed: 3
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        ("2:3", "expected text, found a mapping", "write 'pipeline: p'")
      ]),
    MistakeCase(
      "include glob",
      """
      pipeline: p
      include: inc/*.yaml
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        ("2:10", "'include' has no wildcards", "name each file: include: [common.yaml, data.yaml]")
      ]),
    MistakeCase(
      "include tag",
      """
      pipeline: p
      stages: !include stages.yaml
      """,
      [
        (
          "2:9", "the tag '!include' does not fit here",
          "write include: stages.yaml at the top of the file"
        )
      ]),
    MistakeCase(
      "include ref",
      """
      pipeline: p
      stages:
        $ref: stages.yaml
      """,
      [
        (
          "3:3", "'$ref' brings no other file in here",
          "write include: stages.yaml at the top of the file"
        )
      ]),
    MistakeCase(
      "env tag",
      """
      pipeline: p
      stages:
        data: {load: {csv: !env DATA, target: species}}
      """,
      [
        ("3:22", "the tag '!env' does not fit here", "write ${env.DATA}, and name it under 'env'")
      ]),
  ]
}
