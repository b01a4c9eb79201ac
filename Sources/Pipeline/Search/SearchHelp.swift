package import Options

/// What help and reference say of searches beside their keys.
package enum SearchHelp {
  package static let example = """
    search:
      smallest:
        minimize: small.bytes
        floor: {small.validation.accuracy: 0.95}
        method: tpe
        trials: 40
        over:
          stages.student.distill.student.cnn.channels: [[4, 8], [8, 16], [16, 32]]
          stages.student.distill.temperature: {from: 1.0, to: 8.0, log: true}
          stages.teacher.train.epochs: {from: 10, to: 40, step: 10}
          stages.teacher.train.optimizer: [adamw, sgd]
          stages.teacher.train.optimizer.sgd.momentum:
            {from: 0.5, to: 0.99, when: {stages.teacher.train.optimizer: sgd}}
    """

  /// The keys of a search.
  package static var schema: Schema { SearchSettings.schema }
}
