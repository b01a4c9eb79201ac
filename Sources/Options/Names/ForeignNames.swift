/// What other programs call the keys and the values that are used here.
///
/// One table for all: a name stands for the first of its meanings that may be written where it was found.
package enum ForeignNames {
  /// The names here that a name from elsewhere stands for, the likeliest first.
  package static func meanings(of name: String) -> [String] { table[name.kebab] ?? [] }

  private static let table: [String: [String]] = {
    var table: [String: [String]] = [:]
    for (name, others) in file + stages + data + learning + networks + compression {
      for other in others.split(separator: " ") { table[String(other), default: []].append(name) }
    }
    return table
  }()

  private static let file = [
    ("pipeline", "name project workflow title dag-id job-name pipeline-name experiment"),
    ("stages", "steps stage jobs tasks rules nodes components operators dag entry-points"),
    ("vars", "variables variable var params parameters constants config hparams hyperparameters"),
    ("env", "environment env-vars envs environment-variables secrets"),
    ("include", "includes import imports extends defaults base $ref $include !include"),
    ("seed", "random-seed random-state rng manual-seed seed-everything"),
    ("numerics", "deterministic determinism reproducible reproducibility"),
    ("profiles", "profile presets configurations overrides environments"),
  ]

  private static let stages = [
    ("load", "read ingest dataset load-data loader"),
    ("clean", "cleaning preprocess preprocessing"),
    ("normalize", "scale scaler standardize standardise normalise normalization scaling"),
    ("augment", "augmentation augmentations transforms"), ("train", "fit training trainer learn"),
    ("clip", "prune pruning"), ("distill", "distil distillation kd"),
    ("quantize", "quantise quantization ptq"),
    ("accelerate", "deploy export optimize compile deployment"),
    (
      "from",
      "needs depends-on dependencies depends after requires upstream inputs input parents dataset deps source"
    ),
    ("run", "cmd script shell commands command exec bash bash-command execute line"),
    ("inputs", "deps dependencies input depends-on reads files sources"),
    ("outputs", "outs output out artifacts produces writes results targets"),
    ("environment", "env env-vars environ environment-variables"),
    ("matrix", "strategy foreach for-each sweep grid search-space param-grid with-items expand"),
    ("when", "if condition only-if unless trigger-rule"),
    ("retries", "retry max-retries attempts restart restarts"),
    ("timeout", "timeout-minutes time-limit max-time walltime execution-timeout"),
    ("device", "gpu gpus accelerator runs-on cuda use-gpu"),
    ("threads", "cpus cpu num-threads n-jobs workers num-workers cores n-cpus"),
    ("memory", "mem ram memory-limit mem-mb mem-gb resources"),
    ("precision", "dtype amp mixed-precision half data-type fp16 bf16"),
    ("parallelism", "distributed data-parallel world-size replicas nproc nproc-per-node ddp"),
    ("mutex", "concurrency lock group pool semaphore resource-group"),
    ("describe", "description desc comment doc documentation note"),
  ]

  private static let data = [
    ("csv", "path file filename data-path filepath url uri table paths data dataset source tsv"),
    ("images", "image dir folder directory image-dir image-folder image-path root"),
    (
      "target",
      "label labels y output-features output-feature target-column label-column class response output"
    ),
    ("features", "x inputs input-features input-feature columns feature-columns predictors"),
    (
      "columns",
      "column names fields without exclude exclude-columns drop drop-columns ignore usecols use-columns"
    ),
    (
      "missing", "na-values null-values nulls missing-values nan na fillna impute imputation dropna"
    ),
    ("delimiter", "sep separator delim field-separator"),
    ("header", "has-header headers"),
    ("size", "image-size img-size input-shape resize shape resolution target-size input-size"),
    ("color", "color-mode colour grayscale greyscale"),
    (
      "split",
      "splits train-test-split validation-split val-split test-size test-split train-size splitting"
    ),
    ("validation", "val valid dev eval evaluation validate"),
    ("test", "testing holdout"),
    ("train", "training fit"),
    ("stratify", "stratified"),
    ("group", "groups group-by group-column"),
    ("task", "problem-type objective problem"),
    ("classification", "classifier classify multiclass binary"),
    ("regression", "regressor regress"),
    ("limit", "nrows max-rows head rows n-rows"),
    ("sample", "frac subsample fraction sampling"),
    ("bad-rows", "on-bad-lines errors on-error"),
    ("number", "numeric numerical float real continuous int integer"),
    ("category", "categorical string nominal enum"),
    ("rgb", "color colour"),
    ("grey", "gray grayscale greyscale l"),
    ("duplicates", "dedup deduplicate dedupe drop-duplicates unique"),
    ("outliers", "outlier anomalies"),
    ("denoise", "denoising smooth blur noise"),
    ("balance", "resample oversample undersample smote rebalance"),
    ("duplicate", "oversample over-sample random-over-sampler"),
    ("weight", "class-weight class-weights balanced"),
    ("interpolate", "interpolation method"), ("fill", "strategy method value imputer"),
    ("spline", "cubic cubic-spline"), ("sentinels", "missing-values na-values"),
    ("indicator", "add-indicator"), ("near", "near-duplicates perceptual-hash similarity"),
    ("perceptual", "phash"), ("difference", "dhash"), ("average", "ahash"),
    ("distance", "threshold radius hamming"), ("iqr", "tukey quartiles"),
    ("non-local-means", "nlm nlmeans nl-means"), ("moving-median", "rolling-median"),
    ("moving-mean", "rolling rolling-mean moving-average"),
    ("savitzky-golay", "savgol savgol-filter"), ("degree", "polyorder"), ("edges", "mode"),
    ("forward", "ffill pad"), ("backward", "bfill backfill"), ("mean", "average avg"),
    ("mode", "most-frequent"), ("constant", "value"), ("drop", "remove delete discard"),
    ("clip", "clamp winsorize cap"), ("threshold", "limit n-sigma"),
    (
      "z-score",
      "standard standardize standardise standard-scaler standardscaler standardization zscore"
    ),
    ("min-max", "minmax min-max-scaler minmaxscaler rescale normalize"),
    ("max-abs", "maxabs max-abs-scaler maxabsscaler"),
    ("range", "feature-range clip-range"), ("per", "axis granularity scheme per-channel"),
    ("crop", "random-crop"), ("rotate", "rotation random-rotation rotation-range"),
    ("flip", "random-flip horizontal-flip vertical-flip hflip vflip mirror"),
    ("horizontal", "horizontal-flip hflip"), ("vertical", "vertical-flip vflip"),
    ("translate", "shift random-affine translation width-shift-range height-shift-range"),
    ("scale", "zoom random-zoom zoom-range random-scale"), ("shear", "shear-range random-shear"),
    ("probability", "p prob"), ("degrees", "angle max-angle rotation-range"), ("padding", "pad"),
  ]

  private static let learning = [
    ("model", "architecture arch net network backbone model-type estimator model-name"),
    ("student", "model student-model architecture network"),
    (
      "epochs",
      "n-epochs num-epochs max-epochs num-train-epochs nb-epoch iterations n-iter max-iter"
    ),
    ("batch", "batch-size batchsize bs mini-batch minibatch train-batch-size"),
    ("batch", "per-device-train-batch-size max-batch-size"),
    ("learning-rate", "lr eta eta0 lr0 base-lr learning-rate-init step-size learningrate"),
    ("peak", "max-lr max-learning-rate"),
    ("weight-decay", "wd l2 l2-penalty weight-decay-rate regularization"),
    ("momentum", "mu"), ("beta1", "betas b1"), ("beta2", "b2"), ("epsilon", "eps"),
    ("optimizer", "opt optim solver optimiser"),
    ("schedule", "scheduler lr-scheduler lr-schedule lr-policy learning-rate-schedule"),
    ("warm-up", "warmup warmup-epochs warmup-steps warmup-ratio num-warmup-steps"),
    ("final", "eta-min min-lr"), ("factor", "gamma decay-rate"), ("every", "step-size"),
    ("rise", "pct-start"), ("one-cycle", "onecycle onecyclelr one-cycle-lr"),
    ("cosine", "cosine-annealing cosineannealinglr cosine-decay cosine-annealing-lr"),
    ("plateau", "reduce-on-plateau reducelronplateau reduce-lr-on-plateau"),
    ("step", "step-lr steplr multi-step multisteplr exponential"),
    (
      "early-stop",
      "early-stopping patience early-stopping-patience early-stopping-rounds es-patience"
    ),
    (
      "gradient-clip",
      "grad-clip clip-grad max-grad-norm gradient-clipping clip-norm clipnorm gradient-clip-val"
    ),
    ("accumulate", "gradient-accumulation-steps accumulate-grad-batches accumulation-steps"),
    ("loss", "criterion loss-fn loss-function objective"),
    (
      "cross-entropy",
      "crossentropy categorical-crossentropy sparse-categorical-crossentropy nll bce log-loss ce softmax"
    ),
    ("cross-entropy", "binary-crossentropy crossentropyloss cross-entropy-loss"),
    ("mse", "mean-squared-error l2 mse-loss mseloss rmse"),
    ("mae", "mean-absolute-error l1 l1-loss l1loss"),
    ("huber", "smooth-l1 huber-loss"), ("focal", "focal-loss"),
    ("label-smoothing", "smoothing"), ("class-weights", "class-weight sample-weights"),
    ("freeze", "frozen freeze-layers trainable"), ("ema", "ema-decay polyak"),
    ("keep", "save-best save-best-only restore-best-weights load-best-model-at-end checkpoint"),
    ("temperature", "t temp tau"), ("soft-weight", "alpha kd-weight distillation-weight"),
    ("hard-weight", "ce-weight hard-loss-weight"), ("auto", "all max default automatic"),
    ("fp32", "float32 float single f32"), ("fp16", "float16 half f16"),
    ("bf16", "bfloat16 mixed amp"), ("tf32", "tensorfloat32"), ("cuda", "gpu nvidia"),
  ]

  private static let networks = [
    (
      "hidden",
      "hidden-units hidden-layers hidden-size hidden-sizes hidden-layer-sizes units layer-sizes dims neurons layers"
    ),
    ("channels", "filters conv-channels num-filters out-channels"),
    ("kernel", "kernel-size ksize"), ("stride", "strides"),
    (
      "batch-norm",
      "batchnorm bn batch-normalization batchnormalization batchnorm2d batchnorm1d batch-norm2d batch-norm1d"
    ),
    ("layer-norm", "layernorm layer-normalization"),
    (
      "activation",
      "act activation-function nonlinearity act-fn relu re-lu gelu silu tanh sigmoid leaky-re-lu"
    ),
    ("dropout", "drop-rate dropout-rate"), ("rate", "drop-rate p"),
    ("depth", "num-layers n-layers"), ("outputs", "out-features units"),
    (
      "linear", "dense fc fully-connected logistic logistic-regression linear-regression perceptron"
    ),
    (
      "mlp",
      "dense feedforward feed-forward fnn dnn mlpclassifier mlpregressor multilayer-perceptron"
    ),
    ("cnn", "convnet conv-net"), ("resnet", "resnet18 resnet20 resnet34 resnet50"),
    ("convolution", "conv conv2d convolution2d"),
    ("pool", "maxpool max-pool maxpool2d max-pool2d avgpool avg-pool2d max-pooling2d pooling"),
    ("global-pool", "gap global-average-pooling global-average-pooling2d adaptive-avg-pool2d"),
    ("concatenate", "concat cat"),
    ("one-hot", "onehot"), ("embedding", "embed"), ("silu", "swish"),
    ("hard-swish", "hardswish"),
  ]

  private static let compression = [
    ("prune", "pruning pruner"),
    ("magnitude", "l1-unstructured unstructured l1 global-unstructured"),
    ("sparsity", "amount ratio prune-ratio pruning-ratio target-sparsity final-sparsity"),
    ("start", "initial-sparsity"), ("weights", "bits weight-bits weight-type weight-dtype wtype"),
    ("activations", "activation-bits activation-type act-bits"),
    ("int8", "8 i8 8bit 8-bit qint8 uint8 8bits"),
    ("calibration", "calib calibration-method observer"),
    ("samples", "calibration-samples num-samples n-samples subset-size calibration-size"),
    ("keep", "exclude ignore skip-layers ignored-scope"),
    ("entropy", "kl kl-divergence histogram"),
    ("export", "format formats export-format"),
    ("engines", "engine runtime runtimes backend backends"),
    ("goal", "objective optimize-for target-metric"),
    ("floor", "tolerance max-drop accuracy-drop min-accuracy"),
    ("budget", "time-budget time-limit max-time timeout"),
    ("libtorch", "torch pytorch torchscript"), ("openvino", "ov openvino-ir ir"),
  ]
}

extension String {
  /// The name as keys are written here: `learningRate`, `learning_rate` and `Learning Rate` are
  /// `learning-rate`.
  package var kebab: String {
    var kebab = ""
    var isAfterSmall = false
    for letter in self {
      if letter == "_" || letter == " " || letter == "-" {
        kebab += "-"
        isAfterSmall = false
      } else {
        if letter.isUppercase, isAfterSmall { kebab += "-" }
        kebab += letter.lowercased()
        isAfterSmall = letter.isLowercase || letter.isNumber
      }
    }
    return kebab
  }
}
