package import Diagnostics

/// Keys of other programs that stand for nothing here, since it happens by itself or is said elsewhere.
package enum ForeignHabits {
  /// What to do in place of writing such a key.
  package static func remedy(for key: String) -> Note? { table[key.kebab].map { Note($0) } }

  private static let table: [String: String] = {
    var table: [String: String] = [:]
    for (keys, remedy) in habits {
      for key in keys.split(separator: " ") { table[String(key)] = remedy }
    }
    return table
  }()

  private static let habits = [
    (
      "metrics metric scoring eval-metric eval-metrics score",
      "take it away; the metrics that suit the target are always reported"
    ),
    (
      "callbacks callback",
      "take it away; 'early-stop', 'keep' and 'schedule' are what others need callbacks for"
    ),
    (
      "verbose verbosity verbosity-level log-level progress-bar log-every log-every-n-steps logging-steps",
      "take it away; how much is printed is said on the command line: 'anneal run -v' or '-q'"
    ),
    (
      "validation-split val-split validation-data validation-fraction test-split test-size eval-set",
      "rows are set apart where they are loaded: load: {split: {validation: 10%, test: 10%}}"
    ),
    (
      "seed random-state random-seed manual-seed", "the one 'seed' stands at the top of the file"
    ),
    (
      "num-classes n-classes classes input-shape input-dim input-size in-features output-dim n-features",
      "take it away; what goes in and comes out of a model follows from the data"
    ),
    (
      "output-dir out-dir save-dir save-path model-path checkpoint-dir checkpoint-path log-dir logdir "
        + "default-root-dir artifact-path artifact-location",
      "take it away; results are kept in the store, and 'anneal export' writes them where you want"
    ),
    (
      "tracking-uri mlflow-tracking-uri tensorboard-dir logger loggers report-to",
      "figures go where the top of the file says: track: {tensorboard: FOLDER}, or track: {mlflow: URI}"
    ),
    (
      "pin-memory num-workers dataloader-num-workers persistent-workers prefetch-factor drop-last",
      "take it away; reading ahead is planned with the stage's 'threads'"
    ),
    ("teacher teacher-model", "the stage names it: from: {teacher: STAGE, data: STAGE}"),
    (
      "working-directory workdir wdir cwd chdir directory",
      "take it away; a command runs in the folder of its file, and 'cd' leads on from there"
    ),
    (
      "cache always-changed frozen persist",
      "take it away; a stage runs again where something that it reads changed, and 'anneal run -f' makes it"
    ),
  ]
}
