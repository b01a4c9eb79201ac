internal import Pipeline
internal import YAML

/// The pipeline that `anneal init` writes: from a table to a small deployed network.
struct FirstPipeline {
  let file: String
  let csv: String?
  let target: String?

  var text: String {
    """
    # yaml-language-server: $schema=\(PipelineSchema.fileName)
    #
    # Check this file with 'anneal check', run it with 'anneal run'.
    # 'anneal help' lists the kinds of stage, 'anneal help train' explains one.
    pipeline: \(name)
    seed: 1

    stages:
      rows:
        load:
          csv: \(quoted(csv ?? "data.csv"))
          target: \(quoted(target ?? "label"))
          split: {train: 70%, validation: 15%, test: 15%}

      whole:
        from: rows
        clean:
          - duplicates: drop
          - missing: {fill: median}

      scaled:
        from: whole
        normalize: {z-score: {per: feature}}

      model:
        from: scaled
        train:
          model: {mlp: {hidden: [64]}}
          epochs: 30

      small:
        from: model
        quantize: {weights: int8, activations: int8}

      shipped:
        from: small
        accelerate: {goal: latency}

    """
  }

  /// The file's name as a pipeline's name.
  private var name: String {
    let last = file.split(separator: "/").last.map(String.init) ?? ""
    let stem = last.prefix { $0 != "." }
    let letters = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    guard let first = letters.first, first.isLetter else { return "first" }
    return String(letters.prefix(64))
  }

  private func quoted(_ text: String) -> String {
    Value.string(text).canonicalJSON
  }
}
