/// The settings of a cleaning step.
protocol CleaningStep: Sendable {
  /// The step's key in the list.
  static var name: String { get }

  /// Looks at the rows as the steps before leave them, and decides what becomes of each.
  func fit(_ data: CleaningData) throws -> FittedStep
}
