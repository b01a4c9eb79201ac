/// What people write who come from other programs, in all of a pipeline's places.
enum HabitCases {
  static let all: [MistakeCase] = [
    MistakeCase(
      "gha expression",
      """
      pipeline: p
      vars: {epochs: 3}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m:
          from: data
          train:
            model: linear
            epochs: ${{ vars.epochs }}
      """,
      [
        (
          "9:15", "'${{ vars.epochs }}' refers to nothing",
          "did you mean ${vars.epochs}?"
        )
      ]),
    MistakeCase(
      "airflow taskid in stage", afterData: true,
      """
        m:
          task_id: m
          operator: train
          upstream: [data]
          model: linear
      """,
      [
        (
          "5:5", "unknown key 'task_id'",
          "take it away; the name of a stage is the key above it"
        ),
        (
          "6:5", "a stage's kind is a key, and no value of 'operator'",
          "write train: {model: linear}"
        ),
        (
          "7:5", "unknown key 'upstream'",
          "did you mean 'from'?"
        ),
      ]),
    MistakeCase(
      "hydra target", afterData: true,
      """
        m:
          from: data
          train:
            model: linear
            optimizer: {_target_: torch.optim.Adam, lr: 0.01}
      """,
      [
        (
          "8:19", "what is chosen is a key itself, and no value of '_target_'",
          "write {adam: {learning-rate: 0.01}}"
        )
      ]),
    MistakeCase(
      "keras optimizer", afterData: true,
      """
        m:
          from: data
          train:
            model: {layers: [{Dense: 8}, {Dropout: 0.1}, {dense: {units: 3}}]}
            optimizer: Adam
            loss: categorical_crossentropy
            metrics: [accuracy]
            validation_split: 0.2
            callbacks: [early_stopping]
            verbose: 1
      """,
      [
        (
          "7:25", "'Dense' is not one of the choices here",
          "did you mean 'linear'?"
        ),
        (
          "7:37", "'Dropout' is not one of the choices here",
          "did you mean 'dropout'?"
        ),
        (
          "7:53", "'dense' is not one of the choices here",
          "did you mean 'linear'?"
        ),
        (
          "8:18", "'Adam' is not one of the choices here",
          "did you mean 'adam'?"
        ),
        (
          "9:13", "'categorical_crossentropy' is not one of the choices here",
          "did you mean 'cross-entropy'?"
        ),
        (
          "10:7", "unknown key 'metrics'",
          "take it away; the metrics that suit the target are always reported"
        ),
        (
          "11:7", "unknown key 'validation_split'",
          "rows are set apart where they are loaded: load: {split: {validation: 10%, test: 10%}}"
        ),
        (
          "12:7", "unknown key 'callbacks'",
          "take it away; 'early-stop', 'keep' and 'schedule' are what others need callbacks for"
        ),
        (
          "13:7", "unknown key 'verbose'",
          "take it away; how much is printed is said on the command line: 'anneal run -v' or '-q'"
        ),
      ]),
    MistakeCase(
      "sklearn", afterData: true,
      """
        scaled: {from: data, normalize: StandardScaler}
        m: {from: scaled, train: {model: MLPClassifier}}
      """,
      [
        (
          "4:35", "'StandardScaler' is not one of the choices here",
          "did you mean 'z-score'?"
        ),
        (
          "5:36", "'MLPClassifier' is not one of the choices here",
          "did you mean 'mlp'?"
        ),
      ]),
    MistakeCase(
      "dvc foreach",
      """
      stages:
        build:
          foreach: [a, b]
          do:
            cmd: echo ${item}
            outs: ["${item}.txt"]
      """,
      [
        (
          "3:5", "stage 'build' is repeated in the words of another program",
          "write matrix: {item: [a, b]} and command: {run: …}, with ${matrix.item} for what is repeated"
        )
      ]),
    MistakeCase(
      "dvc params",
      """
      pipeline: p
      vars: params.yaml
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        (
          "2:7", "'vars' takes a mapping",
          "write include: params.yaml at the top of the file; what is below 'vars' there counts here too"
        )
      ]),
    MistakeCase(
      "wildcards",
      """
      pipeline: p
      stages:
        prep:
          command:
            run: cp {input} {output}
            inputs: [d.csv]
            outputs: [e.csv]
      """,
      [
        (
          "5:15", "warning: '{input}' is text here, which nothing fills in",
          "write the path itself; what several stages share can be ${vars.NAME}"
        )
      ]),
    MistakeCase(
      "mlflow params",
      """
      pipeline: p
      stages:
        train:
          command: python train.py --lr {lr}
          parameters: {lr: 0.1}
      """,
      [
        (
          "4:14", "expected a mapping of settings, found the text 'python train.py --lr {lr}'",
          "write {run: python train.py --lr {lr}}"
        ),
        (
          "5:5", "unknown key 'parameters'",
          "did you mean 'vars', which stands at the top of the file?"
        ),
      ]),
    MistakeCase(
      "ludwig trainer", afterData: true,
      """
        m:
          from: data
          trainer: {epochs: 3, learning_rate: 0.1}
          train: {model: linear}
      """,
      [
        (
          "6:5", "unknown key 'trainer'",
          "write its keys under 'train'"
        )
      ]),
    MistakeCase(
      "ludwig preprocessing",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: d.csv
            target: species
            preprocessing: {split: {type: random, probabilities: [0.7, 0.1, 0.2]}}
      """,
      [
        (
          "7:7", "unknown key 'preprocessing'",
          "write 'split' here, without 'preprocessing'"
        )
      ]),
    MistakeCase(
      "list dash nospace", afterData: true,
      """
        c:
          from: data
          clean:
            -duplicates: drop
            -missing: {fill: median}
      """,
      [
        (
          "7:7", "expected a list, found a mapping",
          "write '- duplicates: …', with a space after the '-'"
        )
      ]),
    MistakeCase(
      "clip percent", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        c: {from: m, clip: {prune: 50%}}
      """,
      [
        (
          "5:30", "'50%' is not one of the choices here",
          "choose one of"
        )
      ]),
    MistakeCase(
      "from path", afterData: true,
      """
        m: {from: stages.data, train: {model: linear}}
      """,
      [
        (
          "4:13", "there is no stage 'stages.data'",
          "did you mean 'data'?"
        )
      ]),
    MistakeCase(
      "from ref", afterData: true,
      """
        m: {from: "${stages.data}", train: {model: linear}}
      """,
      [
        (
          "4:14", "'${stages.data}' refers to nothing",
          "a stage is named by itself, in 'from': data"
        )
      ]),
    MistakeCase(
      "when jinja", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        q:
          from: m
          when: "{{ metrics.m.validation.accuracy > 0.5 }}"
          quantize: {weights: int8}
      """,
      [
        (
          "7:12", "'{' has no meaning in a condition",
          "a condition stands without '{{' and '}}'"
        )
      ]),
    MistakeCase(
      "when and", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        q:
          from: m
          when: m.validation.accuracy > 0.5 && vars.x
          quantize: {weights: int8}
      """,
      [
        (
          "7:39", "'&' has no meaning in a condition",
          "write 'and'"
        )
      ]),
    MistakeCase(
      "target two",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: [height, width], task: classification}}
      """,
      [
        (
          "3:37", "'target' names several columns, and a class is told by one",
          "write 'task: multi-label' for columns of 0 and 1, or name one column"
        )
      ]),
    MistakeCase(
      "split sum",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, split: {train: 80, validation: 10, test: 10}}}
      """,
      [
        (
          "3:61", "80 is not a part of a whole",
          "write 80%"
        ),
        (
          "3:77", "10 is not a part of a whole",
          "write 10%"
        ),
        (
          "3:87", "10 is not a part of a whole",
          "write 10%"
        ),
      ]),
    MistakeCase(
      "timeout gha", afterData: true,
      """
        m: {from: data, timeout: 1:30:00, train: {model: linear}}
      """,
      [
        (
          "4:28", "expected a duration, found the text '1:30:00'",
          "write 1h30m"
        )
      ]),
    MistakeCase(
      "memory k8s", afterData: true,
      """
        m: {from: data, resources: {limits: {memory: 4Gi, cpu: 500m}}, train: {model: linear}}
      """,
      [
        (
          "4:19", "unknown key 'resources'",
          "write 'memory', 'threads' and 'device' here, without 'resources'"
        )
      ]),
    MistakeCase(
      "gpu num", afterData: true,
      """
        m: {from: data, device: 0, train: {model: linear}}
      """,
      [
        (
          "4:27", "'0' is no device",
          "did you mean 'cuda:0'?"
        )
      ]),
    MistakeCase(
      "smart dash", afterData: true,
      """
        c:
          from: data
          clean:
            – duplicates: drop
      """,
      [
        (
          "7:7", "expected a list, found a mapping",
          "'–' begins no entry of a list; write '- duplicates: …'"
        )
      ]),
    MistakeCase(
      "command list and",
      """
      pipeline: p
      stages:
        prep:
          command: python prep.py
          inputs: [d.csv]
          outputs: [e.csv]
      """,
      [
        (
          "5:5", "'inputs' belongs under 'command', beside 'run'",
          "write command: {run: python prep.py, inputs: [d.csv], outputs: [e.csv]}"
        )
      ]),
    MistakeCase(
      "ini",
      """
      pipeline = p
      seed = 3
      """,
      [
        (
          "1:1", "a pipeline is a mapping",
          "'=' gives no value to a key; write 'pipeline: p'"
        )
      ]),
    MistakeCase(
      "base not x",
      """
      pipeline: p
      defaults: &base {epochs: 3}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {<<: *base, model: linear}}
      """,
      [
        (
          "2:1", "unknown key 'defaults'",
          "take it away, or begin it with 'x-' where it only holds an anchor"
        )
      ]),
    MistakeCase(
      "lightning", afterData: true,
      """
        m:
          from: data
          train: {model: linear, trainer: {max_epochs: 3, accelerator: gpu, devices: 2}}
      """,
      [
        (
          "6:28", "unknown key 'trainer'",
          "write 'epochs' here, without 'trainer'"
        )
      ]),
    MistakeCase(
      "optuna", afterData: true,
      """
        m:
          from: data
          matrix: {lr: {low: 0.001, high: 0.1}}
          train: {model: linear, optimizer: {adam: {learning-rate: "${matrix.lr}"}}}
      """,
      [
        (
          "6:18", "'lr' takes a list of values",
          "write it as matrix: {lr: [0.001, 0.1]}"
        )
      ]),
    MistakeCase(
      "wandb sweep", afterData: true,
      """
        m:
          from: data
          matrix: {lr: {values: [0.001, 0.1]}}
          train: {model: linear, optimizer: {adam: {learning-rate: "${matrix.lr}"}}}
      """,
      [
        (
          "6:18", "'lr' takes a list of values",
          "write it as matrix: {lr: [0.001, 0.1]}"
        )
      ]),
    MistakeCase(
      "k8s env",
      """
      pipeline: p
      env:
        - name: DATA
          value: /x
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        (
          "3:5", "this is no name of an environment variable",
          "write 'DATA' alone; values of your own stand under 'vars'"
        )
      ]),
    MistakeCase(
      "compose env",
      """
      pipeline: p
      env: [DATA=/x]
      stages:
        data: {load: {csv: d.csv, target: species}}
      """,
      [
        (
          "2:7", "this is no name of an environment variable",
          "write 'DATA' alone; values of your own stand under 'vars'"
        )
      ]),
    MistakeCase(
      "command workdir",
      """
      pipeline: p
      stages:
        a: {command: {run: make, outputs: [e.csv], working_directory: sub, timeout: 30m, name: x}}
      """,
      [
        (
          "3:46", "unknown key 'working_directory'",
          "take it away; a command runs in the folder of its file, and 'cd' leads on from there"
        ),
        (
          "3:70", "'timeout' stands beside 'command', not in it",
          "move it to where 'command' stands"
        ),
        (
          "3:84", "unknown key 'name'",
          "allowed here:"
        ),
      ]),
    MistakeCase(
      "outs mapping",
      """
      pipeline: p
      stages:
        a: {command: {run: make, outputs: {table: e.csv}}}
      """,
      [
        (
          "3:37", "expected a list, found a mapping",
          "write it as a list: [e.csv]"
        )
      ]),
    MistakeCase(
      "outs dvc cache",
      """
      pipeline: p
      stages:
        a:
          command:
            run: make
            outputs:
              - e.csv:
                  cache: false
      """,
      [
        (
          "7:11", "unknown key 'e.csv'", "write 'e.csv' alone, or {path: e.csv, …}"
        )
      ]),
    MistakeCase(
      "features ludwig",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: d.csv
            target: species
            features:
              - {name: height, type: number}
              - {name: colour, type: category}
      """,
      [
        (
          "8:9", "expected a mapping, found a list",
          "write each under its name: {height: …, colour: …}"
        )
      ]),
    MistakeCase(
      "target mapping",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: {name: species, type: category}}}
      """,
      [
        (
          "3:37", "expected text, found a mapping",
          "write 'species' alone"
        )
      ]),
    MistakeCase(
      "accelerate target", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        q: {from: m, accelerate: onnx}
      """,
      [
        (
          "5:28", "expected a mapping of settings, found the text 'onnx'",
          "write {export: [onnx]}"
        )
      ]),
    MistakeCase(
      "distill teacher list", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        s: {from: [m, data], distill: {student: linear, teacher: m}}
      """,
      [
        (
          "5:51", "unknown key 'teacher'",
          "the stage names it: from: {teacher: STAGE, data: STAGE}"
        )
      ]),
    MistakeCase(
      "model list", afterData: true,
      """
        m: {from: data, train: {model: [linear, mlp]}}
      """,
      [
        (
          "4:34", "expected one of 10 names, found a list",
          "one is chosen; for a stage with each write matrix: {x: [linear, mlp]} beside its kind, and ${matrix.x} here"
        )
      ]),
    MistakeCase(
      "mlp string", afterData: true,
      """
        m: {from: data, train: {model: "mlp(8, 8)"}}
      """,
      [
        (
          "4:34", "'mlp(8, 8)' is not one of the choices here",
          "did you mean 'mlp'?"
        )
      ]),
    MistakeCase(
      "equal colon",
      """
      pipeline: p
      stages:
        data: {load: {csv = d.csv, target = species}}
      """,
      [
        (
          "3:17", "unknown key 'csv = d.csv'",
          "write 'csv: d.csv'"
        ),
        (
          "3:30", "unknown key 'target = species'",
          "write 'target: species'"
        ),
      ]),
  ]
}
