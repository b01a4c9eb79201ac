/// Keys and values that other programs call otherwise.
enum ForeignNameCases {
  static let all: [MistakeCase] = [
    MistakeCase(
      "lr and weight-decay", afterData: true,
      """
        m: {from: data, train: {model: linear, lr: 0.01, weight-decay: 0.01}}
      """,
      [
        ("4:42", "unknown key 'lr'", "write optimizer: {adamw: {learning-rate: 0.01}}"),
        ("4:52", "unknown key 'weight-decay'", "write optimizer: {adamw: {weight-decay: 0.01}}"),
      ]),
    MistakeCase(
      "camel case", afterData: true,
      """
        m: {from: data, train: {model: linear, earlyStop: 3, labelSmoothing: 0.1, learningRate: 0.1}}
      """,
      [
        ("4:42", "unknown key 'earlyStop'", "did you mean 'early-stop'?"),
        ("4:56", "unknown key 'labelSmoothing'", "did you mean 'label-smoothing'?"),
        ("4:77", "unknown key 'learningRate'", "write optimizer: {adamw: {learning-rate: 0.1}}"),
      ]),
    MistakeCase(
      "batch_size", afterData: true,
      """
        m: {from: data, train: {model: linear, batch_size: 32, n_epochs: 3, loss_fn: mse}}
      """,
      [
        ("4:42", "unknown key 'batch_size'", "did you mean 'batch'?"),
        ("4:58", "unknown key 'n_epochs'", "did you mean 'epochs'?"),
        ("4:71", "unknown key 'loss_fn'", "did you mean 'loss'?"),
      ]),
    MistakeCase(
      "name of the optimizer kept", afterData: true,
      """
        m: {from: data, train: {model: linear, optimizer: sgd, lr: 0.9}}
      """,
      [
        ("4:58", "unknown key 'lr'", "write optimizer: {sgd: {learning-rate: 0.9}}")
      ]),
    MistakeCase(
      "Ludwig in load",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, input_features: [{name: height}]}}
      """,
      [
        ("3:29", "unknown key 'input_features'", "did you mean 'features'?")
      ]),
    MistakeCase(
      "accelerate", afterData: true,
      """
        m: {from: data, train: {model: linear}}
        out: {from: m, accelerate: {format: onnx, engine: tensorrt, batch-size: 1}}
      """,
      [
        ("5:31", "unknown key 'format'", "did you mean 'export'?"),
        ("5:45", "unknown key 'engine'", "did you mean 'engines'?"),
        ("5:63", "unknown key 'batch-size'", "did you mean 'batch'?"),
      ]),
    MistakeCase(
      "distill", afterData: true,
      """
        t: {from: data, train: {model: linear}}
        s: {from: data, teacher: t, distill: {model: linear, alpha: 0.5, T: 4}}
      """,
      [
        ("5:19", "unknown key 'teacher'", "write from: {teacher: t, data: data}"),
        ("5:41", "unknown key 'model'", "did you mean 'student'?"),
        ("5:56", "unknown key 'alpha'", "did you mean 'soft-weight'?"),
        ("5:68", "unknown key 'T'", "did you mean 'temperature'?"),
      ]),
    MistakeCase(
      "quantize", afterData: true,
      """
        t: {from: data, train: {model: linear}}
        q: {from: t, quantize: {bits: 8, method: percentile, num_samples: 100}}
      """,
      [
        ("5:27", "unknown key 'bits'", "did you mean 'weights'?"),
        ("5:36", "unknown key 'method'", "write calibration: {percentile: …}"),
        ("5:56", "unknown key 'num_samples'", "did you mean 'samples'?"),
      ]),
    MistakeCase(
      "stage keys", afterData: true,
      """
        m: {from: data, train: {model: linear}, max_retries: 3, cpus: 2, description: x, if: true}
      """,
      [
        ("4:43", "unknown key 'max_retries'", "did you mean 'retries'?"),
        ("4:59", "unknown key 'cpus'", "did you mean 'threads'?"),
        ("4:68", "unknown key 'description'", "did you mean 'describe'?"),
        ("4:84", "unknown key 'if'", "did you mean 'when'?"),
      ]),
    MistakeCase(
      "needs", afterData: true,
      """
        m:
          depends_on: data
          train: {model: linear}
      """,
      [
        ("5:5", "unknown key 'depends_on'", "did you mean 'from'?")
      ]),
    MistakeCase(
      "sep",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, label: species, sep: ','}}
      """,
      [
        ("3:29", "unknown key 'label'", "did you mean 'target'?"),
        ("3:45", "unknown key 'sep'", "did you mean 'delimiter'?"),
      ]),
    MistakeCase(
      "without",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, without: id}}
        more: {load: {csv: d.csv, target: species, drop_columns: [id, name]}}
      """,
      [
        ("3:46", "unknown key 'without'", "write columns: ['!id']"),
        ("4:46", "unknown key 'drop_columns'", "write columns: ['!id', '!name']"),
      ]),
    MistakeCase(
      "path",
      """
      pipeline: p
      stages:
        data: {load: {path: d.csv, target: species}}
      """,
      [
        ("3:17", "unknown key 'path'", "did you mean 'csv'?")
      ]),
    MistakeCase(
      "task",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, task: classifier}}
      """,
      [
        ("3:52", "'classifier' is not one of the choices here", "did you mean 'classification'?")
      ]),
    MistakeCase(
      "StandardScaler", afterData: true,
      """
        m: {from: data, normalize: StandardScaler}
      """,
      [
        ("4:30", "'StandardScaler' is not one of the choices here", "did you mean 'z-score'?")
      ]),
    MistakeCase(
      "augment", afterData: true,
      """
        m: {from: data, augment: [{rotation_range: 10}, horizontal_flip]}
      """,
      [
        ("4:30", "'rotation_range' is not one of the choices here", "did you mean 'rotate'?"),
        ("4:51", "'horizontal_flip' is not one of the choices here", "did you mean 'flip'?"),
      ]),
    MistakeCase(
      "dense", afterData: true,
      """
        m: {from: data, train: {model: {layers: [{dense: {units: 8, activation: relu}}]}}}
      """,
      [
        ("4:45", "'dense' is not one of the choices here", "did you mean 'linear'?")
      ]),
    MistakeCase(
      "device and precision", afterData: true,
      """
        m: {from: data, device: gpu, precision: float16, threads: all, train: {model: linear}}
      """,
      [
        ("4:27", "'gpu' is no device", "did you mean 'cuda'?"),
        ("4:43", "'float16' is not one of the choices here", "did you mean 'fp16'?"),
        ("4:61", "'all' is not known here", "did you mean 'auto'?"),
      ]),
    MistakeCase(
      "resnet18", afterData: true,
      """
        m: {from: data, train: {model: resnet18}}
      """,
      [
        ("4:34", "'resnet18' is not one of the choices here", "write {resnet: {depth: 18}}")
      ]),
    MistakeCase(
      "MLP", afterData: true,
      """
        m: {from: data, train: {model: MLP}}
      """,
      [
        ("4:34", "'MLP' is not one of the choices here", "did you mean 'mlp'?")
      ]),
    MistakeCase(
      "seed in load",
      """
      pipeline: p
      stages:
        data: {load: {csv: d.csv, target: species, test_size: 0.2, random_state: 3}}
      """,
      [
        ("3:46", "unknown key 'test_size'", "did you mean 'split'?"),
        (
          "3:62", "unknown key 'random_state'", "did you mean 'seed', which stands beside 'stages'?"
        ),
      ]),
    MistakeCase(
      "gradients", afterData: true,
      """
        m: {from: data, train: {model: linear, max_grad_norm: 1}}
      """,
      [
        ("4:42", "unknown key 'max_grad_norm'", "did you mean 'gradient-clip'?")
      ]),
    MistakeCase(
      "schedule", afterData: true,
      """
        m: {from: data, train: {model: linear, schedule: {type: cosine, warmup_epochs: 2}}}
      """,
      [
        (
          "4:53", "what is chosen is a key itself, and no value of 'type'",
          "write {cosine: {warm-up: 2}}"
        )
      ]),
    MistakeCase(
      "kind-foreign", afterData: true,
      """
        m: {from: data, fit: {model: linear}}
      """,
      [
        ("4:19", "unknown key 'fit'", "did you mean 'train'?")
      ]),
  ]
}
