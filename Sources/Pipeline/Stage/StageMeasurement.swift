/// What a stage that trains measured on a split after an epoch.
package struct StageMeasurement: Codable, Hashable, Sendable {
  /// The epoch, from 1.
  package var epoch: Int

  /// How many steps were taken by then.
  package var step: Int

  /// The split's name, such as `validation`.
  package var split: String

  /// The figures by their names among the stage's metrics of the split, such as `accuracy`.
  package var values: [String: Double]

  package init(epoch: Int, step: Int, split: String, values: [String: Double]) {
    self.epoch = epoch
    self.step = step
    self.split = split
    self.values = values
  }
}
