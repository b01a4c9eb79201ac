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
  private let dataset: Dataset
  private let problem: LearningProblem
  private var teachers: [Teacher]
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
    self.execution = execution
    self.problem = problem
  }

  private static func teachers(
    of job: StageJob, _ problem: LearningProblem, _ dataset: Dataset, _ execution: Execution
  ) throws -> [Teacher] {
    let data = try job.requiredInput("data").stage
    return try (job.inputs["teacher"] ?? []).map {
      try Teacher($0, for: problem, on: dataset, of: data, execution: execution)
    }
  }

  mutating func run() throws {
    if problem.target.task == .regression, let place = job.places["temperature"] {
      throw Diagnostic(
        "a temperature softens classes, and the target '\(problem.target.name)' has values",
        at: place,
        remedy: "leave 'temperature' out")
    }
    let graph = try problem.shape.network(settings.student, at: job.places)
    try graph.requireMemory(of: job)
    reporter.log(graph.summary)
    var network = try problem.initialized(graph, seed: execution.seed)
    let copied = try transfer(into: &network)
    let (settings, job, dataset, problem, first) = (settings, job, dataset, problem, network)
    let recipe = settings.training.fitted(to: graph, on: dataset)
    for choice in recipe.choices { reporter.log(choice.line) }
    reporter.metrics(["training": ["chosen": recipe.chosen]])
    func trainer(_ execution: Execution) throws -> Trainer {
      let teachers = try Self.teachers(of: job, problem, dataset, execution)
      let loss = DistillationLoss(
        hardWeight: settings.hardWeight, softWeight: settings.softWeight,
        temperature: settings.temperature, hard: try problem.loss(execution: execution))
      return try Trainer(
        recipe, first, on: dataset, execution: execution
      ) { output, batch in
        try loss(output, teachers: teachers.map { try $0.logits(batch) }, batch)
      }
    }
    execution = try execution.chosen(
      for: job, reporter, steps: recipe.steps(on: dataset), convolves: graph.convolves,
      isClassification: problem.target.task.hasLogits, trainer: trainer)
    teachers = try Self.teachers(of: job, problem, dataset, execution)
    let result = try trainer(execution).run()
    let lineage: Value = [
      "stage": .string(job.stage), "teachers": .array(teachers.map { .string($0.stage) }),
    ]
    let student = Model(
      network: result.network, trainedOn: dataset.description, target: problem.target,
      lineage: lineage)
    try student.write(to: job.output)
    reporter.metrics([
      "training": result.metrics(
        measuring: problem.target.task.hasLogits
          ? "cross-entropy and divergence from the teacher"
          : "squared error of standardised values, of the truth and of the teacher"),
      "copied": .array(copied.map(Value.string)),
    ])
    try report(student)
  }

  /// Copies the first teacher's parameters of chosen layers where name and shape agree.
  private func transfer(into network: inout WeightedNetwork) throws -> [String] {
    guard !settings.transfer.isEmpty, let teacher = teachers.first?.model else { return [] }
    let graph = network.graph
    let layers = graph.nodes.filter { !graph.specs(of: $0).isEmpty }.map(\.name)
    let chosen = try graph.names(
      matching: settings.transfer, among: layers, for: "take over from the teacher")
    var copied: [String] = []
    for spec in chosen.compactMap(graph.node(named:)).flatMap(graph.specs(of:)) {
      guard let tensor = teacher.network.parameters[spec.name], tensor.shape == spec.shape,
        tensor.type == .float32
      else { continue }
      network.parameters[spec.name] = tensor
      copied.append(spec.name)
    }
    reporter.log("copied from the teacher: \(copied.joined(separator: ", "))")
    return copied
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
