internal import Options

/// The settings of a cleaning step.
protocol CleaningStep: ChoiceMember {
  /// Looks at the rows as the steps before leave them, and decides what becomes of each.
  func fit(_ data: CleaningData) throws -> FittedStep
}
