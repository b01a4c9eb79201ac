/// Everything about where and how a stage computed that can change the bits of its result.
package struct Numerics: Codable, Hashable, Sendable {
  /// The tensor engine and its version, such as `libtorch 2.15.0`.
  package var engine: String
  package var instructionSet: InstructionSet
  package var threads: Int
  package var precision: Precision
  package var device: Device

  /// Whether images lay with their channels innermost, where the stage chose that itself.
  package var channelsLast: Bool?

  /// The most rows that were computed at once, where memory held no whole batch.
  package var rowsAtOnce: Int?

  package init(
    engine: String, instructionSet: InstructionSet, threads: Int, precision: Precision,
    device: Device, channelsLast: Bool? = nil, rowsAtOnce: Int? = nil
  ) {
    self.engine = engine
    self.instructionSet = instructionSet
    self.threads = threads
    self.precision = precision
    self.device = device
    self.channelsLast = channelsLast
    self.rowsAtOnce = rowsAtOnce
  }
}
