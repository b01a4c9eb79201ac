/// What the server has to deal with.
enum Event: Sendable {
  case message(Message)
  /// The client sends nothing more.
  case closed
  case checked([PipelineAnalysis])
  case surveyed([String: StatusSurvey])
}
