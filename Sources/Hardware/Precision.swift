/// The number format in which a stage multiplies.
package enum Precision: String, Codable, Hashable, Sendable, CaseIterable {
  case fp32, tf32, bf16, fp16, int8
}
