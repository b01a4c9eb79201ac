internal import CTensor
package import Hardware

/// Runs `body` without recording its operations in this thread; the state before comes back also
/// where `body` throws.
package func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try recording(false, body)
}

/// Runs `body` with recording on, as inside a scope that had turned it off.
package func withGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try recording(true, body)
}

/// Runs `body` with matrix products and convolutions in a lower precision; parameters, reductions
/// and losses stay in float32.
///
/// `fp32` and `tf32` turn the conversion off within the scope. An engine that cannot be opened
/// makes no difference here: the first operation of `body` throws the reason.
package func withAutocast<Result, Failure: Error>(
  _ precision: Precision, on device: Device, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  guard let api = unsafe Engine.nativeIfOpen() else { return try body() }
  let type: ElementType? =
    switch precision {
    case .bf16: .bfloat16
    case .fp16: .float16
    default: nil
    }
  var state = anneal_autocast(
    device: device == .cpu ? ANNEAL_CPU : 0, enabled: type != nil,
    type: (type ?? .bfloat16).code)
  let status = unsafe api.device.pointee.swap_autocast(&state)
  precondition(status == ANNEAL_OK, "autocast knows the CPU and CUDA in two precisions")
  defer { _ = unsafe api.device.pointee.swap_autocast(&state) }
  return try body()
}

private func recording<Result, Failure: Error>(
  _ isOn: Bool, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  guard let api = unsafe Engine.nativeIfOpen() else { return try body() }
  let wasOn = unsafe api.gradient.pointee.record(isOn)
  defer { _ = unsafe api.gradient.pointee.record(wasOn) }
  return try body()
}
