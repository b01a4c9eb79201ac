internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the distill stage: take up the teachers, train the student, compare them.
struct DistillRun {
  private let settings: Distill.Settings
  private let job: StageJob
  private let reporter: any StageReporter
  private var execution: Execution
  /// The rows that the student is measured on, and those with labels that it learns from.
  private let dataset: Dataset
  /// All rows that it learns from.
  private let rows: Dataset
  private let problem: LearningProblem
  private var teachers: [Teacher]
  private let shares: [Double]
  private let splits: [SplitName]

  init(_ settings: Distill.Settings, _ job: StageJob, _ reporter: any StageReporter) throws {
    self.settings = settings
    self.job = job
    self.reporter = reporter
    var execution = try Execution(job, reporter)
    execution.evaluatesAsTraining = settings.evaluate.precision == .training
    let dataset = try Dataset(opening: job.requiredInput("data").directory)
    let problem = try LearningProblem(dataset)
    _ = try job.requiredInput("teacher")
    self.dataset = dataset
    splits = try EvaluatedSplits(settings.evaluate.splits).splits(of: dataset)
    teachers = try Self.teachers(of: job, problem, dataset, execution)
    shares = try settings.shares(of: teachers.count)
    rows = try dataset.adding(
      unlabelled: (job.inputs["unlabelled"] ?? []).map {
        ($0.stage, try Dataset(opening: $0.directory))
      })
    self.execution = execution
    self.problem = problem
  }

  private static func teachers(
    of job: StageJob, _ problem: LearningProblem, _ dataset: Dataset, _ execution: Execution,
    layers: [[String]] = []
  ) throws -> [Teacher] {
    let data = try job.requiredInput("data").stage
    return try (job.inputs["teacher"] ?? []).enumerated().map { index, input in
      try Teacher(
        input, for: problem, on: dataset, of: data,
        layers: layers.indices.contains(index) ? layers[index] : [], execution: execution)
    }
  }

  mutating func run() throws {
    if problem.target.task == .regression, let place = job.places["temperature"] {
      throw Diagnostic(
        "a temperature softens classes, and the target '\(problem.target.name)' has values",
        at: place,
        remedy: "leave 'temperature' out")
    }
    let graph = try student()
    try execution.makeRoom(for: graph, of: job, reporter)
    let guide = try FeatureGuide(
      settings, graph, teachers.map { ($0.stage, $0.model.network.graph) }, shares: shares)
    reporter.log(graph.summary)
    logUnlabelled()
    let network = try started(
      problem.initialized(graph, seed: execution.seed, execution: execution))
    let first = try guide?.extended(network, seed: execution.seed) ?? network
    let recipe = settings.training.fitted(to: graph, on: rows)
    for choice in recipe.choices { reporter.log(choice.line) }
    reporter.metrics(["training": ["chosen": recipe.chosen]])
    let trainer = try trainers(first, guide, recipe)
    execution = try execution.chosen(
      for: job, reporter, recipe, first.graph, steps: recipe.steps(on: rows),
      isClassification: problem.target.task.hasLogits, trainer: trainer)
    teachers = try Self.teachers(of: job, problem, dataset, execution)
    var result = try trainer(execution).run()
    if let guide { result.network = guide.stripped(result.network) }
    let lineage: Value = [
      "stage": .string(job.stage), "teachers": .array(teachers.map { .string($0.stage) }),
    ]
    let student = Model(
      network: result.network, trainedOn: dataset.description, target: problem.target,
      lineage: lineage)
    try student.write(to: job.output)
    reporter.metrics(["training": result.metrics(measuring: measures)])
    try report(student)
  }

  /// The student's network without values: a new one, or that of the teacher.
  private func student() throws -> Network {
    if let preset = settings.student {
      return try problem.shape.network(preset, at: job.places)
    }
    let teacher = teachers[0]
    try teacher.model.requireRealWeights(stage: teacher.stage, toDo: "trained anew")
    return teacher.model.network.graph
  }

  /// A new network with what it takes over of the first teacher.
  private func started(_ network: WeightedNetwork) throws -> WeightedNetwork {
    guard !settings.transfer.isEmpty, let teacher = teachers.first else { return network }
    let values = try LayerSetting.transfer.placing(in: job) {
      try StartingValues(
        network, from: teacher.model.network.parameters, of: "the teacher '\(teacher.stage)'",
        settings.transfer, in: .transfer)
    }
    for line in values.lines { reporter.log(line) }
    reporter.metrics(values.metrics)
    return values.network
  }

  private func logUnlabelled() {
    guard let reader = rows[.train], reader.labelled < reader.rows else { return }
    reporter.log(
      "learns from \(reader.labelled) rows with labels and \(reader.rows - reader.labelled) without"
    )
    reporter.metrics([
      "labelled": .int(reader.labelled), "unlabelled": .int(reader.rows - reader.labelled),
    ])
  }

  /// What makes the training anew for an execution.
  private func trainers(
    _ first: WeightedNetwork, _ guide: FeatureGuide?, _ recipe: FittedRecipe
  ) throws -> (Execution) throws -> Trainer {
    let (settings, job, dataset, problem) = (settings, job, dataset, problem)
    let (rows, shares) = (rows, shares)
    let labelled = rows[.train].map { Double($0.labelled) / Double(max($0.rows, 1)) } ?? 1
    return { execution in
      let teachers = try Self.teachers(
        of: job, problem, dataset, execution, layers: guide?.teacherLayers ?? [])
      let loss = DistillationLoss(
        hardWeight: settings.hardWeight, softWeight: settings.softWeight,
        temperature: settings.temperature, hard: try problem.loss(execution: execution),
        shares: shares, labelled: labelled)
      var answers = loss
      // What layers give is compared in training alone, and something has to tell the best epoch.
      if !settings.comparesAnswers { answers.hardWeight = 1 }
      let trainer = try Trainer(
        recipe, first, on: rows, execution: execution
      ) { output, batch in
        try answers(output, teachers: teachers.map { try $0.outputs(batch)[0] }, batch)
      }
      if let guide {
        trainer.lossOfOutputs = { outputs, batch in
          let given = try teachers.map { try $0.outputs(batch) }
          let terms = try loss.terms(outputs[0], teachers: given.map { $0[0] }, batch)
          return try DistillationLoss.sum(terms + guide.terms(outputs, given), of: outputs[0])
        }
      }
      return trainer
    }
  }

  /// What the losses measure: of a training and of its validation.
  private var measures: (training: String, validation: String) {
    let answers =
      problem.target.task.hasLogits
      ? "cross-entropy and divergence from the teacher"
      : "squared error of standardised values, of the truth and of the teacher"
    guard settings.comparesLayers else { return (answers, answers) }
    let truth =
      problem.target.task.hasLogits ? "cross-entropy" : "squared error of standardised values"
    return settings.comparesAnswers
      ? (answers + ", and what layers give", answers) : ("what layers give", truth)
  }

  private func report(_ student: Model) throws {
    let network = try student.network.placed(for: execution)
    reporter.metrics(student.target.classMetrics)
    reporter.metrics([
      "parameters": .int(student.network.graph.parameterCount),
      "multiply-accumulates": .int(student.network.graph.multiplyAccumulates),
      "teacher-parameters": .int(
        teachers.map(\.model.network.graph.parameterCount).reduce(0, +)),
    ])
    let predictions = try Evaluation.predictions(
      of: network, on: dataset, execution: execution, splits: splits)
    try reporter.compareWithBaselines(predictions, of: problem, on: dataset)
    for (split, own) in predictions.sorted(by: { $0.key < $1.key }) {
      let given = try teachers.map { try $0.predictions(on: split) }
      var metrics = own.metrics
      metrics = metrics.merging(comparison(of: own, with: given))
      reporter.metrics([split.rawValue: metrics])
    }
  }

  /// How the student's answers compare with the teachers', in the mean over these.
  private func comparison(of own: Predictions, with teachers: [Predictions]) -> Value {
    func mean(_ figure: (Predictions) -> Double) -> Value {
      .double(teachers.map(figure).reduce(0, +) / Double(max(teachers.count, 1)))
    }
    switch own.task {
    case .classification:
      return [
        "agreement": mean { own.agreement(with: $0) }, "teacher-accuracy": mean { $0.accuracy },
      ]
    case .multiLabel:
      return [
        "agreement": mean { own.agreement(with: $0) },
        "teacher-subset-accuracy": mean { $0.accuracy },
      ]
    case .regression:
      return [
        "teacher-rmse": mean { $0.distance(from: $0.values) },
        "distance": mean { own.distance(from: $0.logits) },
      ]
    }
  }
}

extension Distill.Settings {
  /// Whether the student learns from labels or from the teachers' answers.
  var comparesAnswers: Bool { hardWeight > 0 || softWeight > 0 }

  /// How much each of so many teachers counts, 1 together.
  func shares(of teachers: Int) throws -> [Double] {
    guard !teacherWeights.isEmpty else {
      return [Double](repeating: 1 / Double(max(teachers, 1)), count: teachers)
    }
    guard teacherWeights.count == teachers else {
      throw Diagnostic(
        "there are \(teacherWeights.count) teacher weights for \(teachers.counted("teacher"))",
        remedy: "give one for each, in the order in which 'from' names them")
    }
    let sum = teacherWeights.reduce(0, +)
    return teacherWeights.map { $0 / sum }
  }
}
