internal import Artifacts
internal import Diagnostics

/// What the questions about data need: their inputs, and the Python that has the peers.
struct DataBench: Sendable {
  /// The Python of the peers.
  let python: String
  /// Where the scripts of the peers lie.
  let scripts: String
  /// The folder of the inputs, which are made once.
  let inputs: String
  let laboratory: Laboratory
  let progress: Progress

  /// - Throws: Where the environment is not installed that makes the inputs.
  init(repository: String, laboratory: Laboratory, progress: Progress) throws(Diagnostic) {
    python = repository + "/.deps/data-peers/bin/python"
    guard try FileStatus(of: repository + "/.deps/data-peers/bin/python", following: true) != nil
    else {
      throw Diagnostic(
        "the peers of the data part are not installed, with which its inputs are made too",
        remedy: "install them: scripts/setup --data-peers")
    }
    scripts = repository + "/Tests/Benchmarks/Peers"
    inputs = laboratory.root + "/inputs"
    self.laboratory = laboratory
    self.progress = progress
  }

  /// A script of the peers with its arguments. OpenMP and OpenBLAS are left as they are set by themselves.
  func script(_ name: String, _ arguments: String...) -> Invocation {
    Invocation(
      python, ["\(scripts)/\(name).py"] + arguments,
      environment: ["PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1"])
  }

  /// Makes inputs of a kind, and names their folder.
  func make(_ kind: String) throws -> String {
    progress.tell("making the inputs '\(kind)'")
    let folder = inputs + "/" + kind
    if try FileStatus(of: folder) == nil {
      let workspace = try Workspace(below: laboratory.root)
      try laboratory.perform(script("inputs", kind, folder), in: workspace)
    }
    return folder
  }

  /// The folder of a dataset of pictures that are cropped, flipped and rotated anew for each batch.
  func variedPictures(
    _ anneal: Anneal, in folder: String, size: Int, padding: Int
  ) throws -> String {
    let pipeline = """
      pipeline: p
      stages:
        pictures: {load: {images: \(folder), size: \(size), split: {train: 100%}}}
        scaled: {from: pictures, normalize: {z-score: {per: channel}}}
        varied:
          from: scaled
          augment: [{crop: {padding: \(padding)}}, {flip: {horizontal: 50%}}, {rotate: {degrees: 10}}]
      """
    return try dataset(anneal, pipeline, stage: "varied")
  }

  /// The folder of a dataset of random pictures, which is made once.
  func randomPictures() throws -> String {
    let folder = inputs + "/random-pictures"
    if try FileStatus(of: folder) == nil {
      let workspace = try Workspace(below: laboratory.root)
      try laboratory.perform(OwnMeasure.invocation("pictures", folder), in: workspace)
    }
    return folder
  }

  /// A peer that runs a script of its in a new folder each turn.
  func peer(_ name: String, isTimed: Bool = false, _ script: Invocation) -> Contender {
    Contender(name) {
      let workspace = try Workspace(below: laboratory.root)
      defer { try? Folder.remove(workspace.path) }
      return [
        isTimed
          ? try laboratory.timed(script, in: workspace)
          : try laboratory.measure(script, in: workspace)
      ]
    }
  }

  /// Anneal, which runs the stages of a pipeline from nothing in a new folder each turn.
  ///
  /// - Parameter prepared: The stages before it, which are run first and not measured.
  func anneal(
    _ anneal: Anneal, _ pipeline: String, prepared: [String] = [], stage: String
  ) -> Contender {
    Contender(anneal.name) {
      let workspace = try Workspace(below: laboratory.root)
      defer { try? Folder.remove(workspace.path) }
      try OpenFile(creating: workspace.path + "/p.yaml").write(Array(pipeline.utf8))
      if !prepared.isEmpty {
        try laboratory.perform(
          Invocation(anneal.executable, ["run", "p.yaml"] + prepared), in: workspace)
      }
      return [
        try laboratory.measure(
          Invocation(anneal.executable, ["run", "p.yaml", stage]), in: workspace)
      ]
    }
  }

  /// The folder of a dataset that a pipeline makes, outside any measurement.
  func dataset(_ anneal: Anneal, _ pipeline: String, stage: String) throws -> String {
    let workspace = try Workspace(below: laboratory.root)
    try OpenFile(creating: workspace.path + "/p.yaml").write(Array(pipeline.utf8))
    try laboratory.perform(Invocation(anneal.executable, ["run", "p.yaml"]), in: workspace)
    try laboratory.perform(
      Invocation(anneal.executable, ["show", "p.yaml", stage]), in: workspace)
    let line = workspace.lastLines(200).split(separator: "\n").first {
      $0.contains("artifact")
    }
    guard let folder = line?.split(separator: " ").last.map(String.init) else {
      throw Diagnostic("'anneal show' names no artifact: \(workspace.lastLines(3))")
    }
    return folder.hasPrefix("/") ? folder : workspace.path + "/" + folder
  }

  /// The versions of the peers.
  func versions() throws -> [(name: String, version: String)] {
    let names = ["polars", "pandas", "pyarrow", "torch", "torchvision", "opencv-python-headless"]
    let line =
      "from importlib.metadata import version; import sys; "
      + "print(*[version(name) for name in sys.argv[1:]])"
    let words = try laboratory.output(of: Invocation(python, ["-c", line] + names))
      .split(whereSeparator: \.isWhitespace).map(String.init)
    return zip(names, words).map { ($0, $1) }
  }
}
