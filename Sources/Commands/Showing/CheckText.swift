internal import Pipeline

/// What `anneal check` says of a pipeline that is right.
struct CheckText {
  private let graph: PipelineGraph

  init(_ graph: PipelineGraph) {
    self.graph = graph
  }

  /// Such as `pipelines/wine.yaml is right: 6 stages, 8 with every matrix value`.
  var line: String {
    let stages = graph.stages.count
    let instances = graph.instances.count
    let noun = stages == 1 ? "stage" : "stages"
    let counted = instances > stages ? ", \(instances) with every matrix value" : ""
    return "\(graph.file) is right: \(stages) \(noun)\(counted)"
  }
}
