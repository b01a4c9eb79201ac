internal import Diagnostics
internal import YAML

/// A file that is written for another program, told by the keys at its top.
struct ForeignFile {
  private let program: String
  private let key: Node.Entry
  private let remedy: String

  /// Fails where the file is a pipeline, or there is no telling.
  init?(_ entries: [Node.Entry]) {
    guard !entries.contains(where: { $0.key == "pipeline" }) else { return nil }
    let stages = entries.first { $0.key == "stages" }
    guard stages?.value.mapping == nil else { return nil }
    if let stages, let names = stages.value.sequence, names.allSatisfy({ $0.scalar != nil }),
      !names.isEmpty
    {
      program = "GitLab CI"
      key = stages
      remedy = Self.command
      return
    }
    for format in Self.formats {
      let keys = entries.filter { entry in format.marks.contains { Self.fits(entry.key, $0) } }
      guard keys.count >= format.least, let first = keys.first else { continue }
      program = format.program
      key = first
      remedy = format.remedy
      return
    }
    return nil
  }

  /// One problem for the whole file, since none of its keys means here what it means there.
  var problem: Diagnostic {
    Diagnostic(
      "the file is written for \(program)", at: key.keyRange, remedy: Note(remedy),
      "a pipeline begins with 'pipeline: NAME' and 'stages:'; 'anneal init' writes a first one")
  }

  private static func fits(_ key: String, _ mark: String) -> Bool {
    mark.hasSuffix(" ") ? key.hasPrefix(mark) : key == mark
  }

  private struct Format {
    let program: String

    /// Keys at the top; one that ends in a space stands for all that begin like it.
    let marks: [String]

    /// So many of them tell it.
    let least: Int
    let remedy: String

    init(_ program: String, _ marks: [String], least: Int = 1, _ remedy: String) {
      self.program = program
      self.marks = marks
      self.least = least
      self.remedy = remedy
    }
  }

  private static let command =
    "write each step as a stage: stages: {prepare: {command: {run: …, inputs: […], outputs: […]}}}"
  private static let training =
    "write stages: {data: {load: {csv: …, target: …}}, model: {from: data, train: {model: …}}}"

  private static let formats = [
    Format("Snakemake", ["rule ", "checkpoint ", "rule", "configfile", "rules"], command),
    Format("Ludwig", ["input_features", "output_features"], training),
    Format("MLflow", ["entry_points", "conda_env", "docker_env", "python_env"], command),
    Format("GitHub Actions", ["on", "jobs"], least: 2, command),
    Format("Azure Machine Learning", ["$schema", "jobs", "experiment_name"], least: 2, command),
    Format("Airflow", ["default_args", "dag_id", "dags"], command),
    Format("Kubernetes", ["apiVersion", "kind"], least: 2, command),
    Format("Docker Compose", ["services"], command),
    Format("conda", ["channels", "dependencies"], least: 2, command),
    Format("GitLab CI", ["before_script", "default", "workflow"], least: 2, command),
    Format("Nextflow", ["process", "workflow"], least: 2, command),
    Format("Lightning", ["trainer", "seed_everything"], training),
    Format("Hydra", ["defaults", "hydra"], training),
    Format("Keras", ["class_name", "config"], least: 2, training),
  ]
}
