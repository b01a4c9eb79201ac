internal import Diagnostics
internal import Hardware
internal import Options

extension StageRequests {
  /// What is asked for that a stage of this kind does on no machine.
  func problems(of kind: String, doing workload: Workload) -> [Diagnostic] {
    [device(kind, workload), precision(kind, workload), parallelism(kind, workload)]
      .compactMap { $0 }
  }

  private func device(_ kind: String, _ workload: Workload) -> Diagnostic? {
    guard let device, device.value.device != .cpu, !workload.usesAccelerators else { return nil }
    return Diagnostic(
      "'\(kind)' runs on the processor only", at: device.range,
      remedy: "leave 'device' to 'auto'")
  }

  private func precision(_ kind: String, _ workload: Workload) -> Diagnostic? {
    guard let precision, !workload.precisions.contains(precision.value.precision) else {
      return nil
    }
    let names = Precision.allCases.filter(workload.precisions.contains).map(\.rawValue)
    return Diagnostic(
      "'\(kind)' does not compute in \(precision.value.rawValue)", at: precision.range,
      remedy: "leave 'precision' to 'auto'; it can be \(names.joined(separator: ", "))")
  }

  private func parallelism(_ kind: String, _ workload: Workload) -> Diagnostic? {
    guard let parallelism else { return nil }
    let ranks = parallelism.value.data.multipliedReportingOverflow(by: parallelism.value.model)
    guard ranks.overflow || ranks.partialValue > workload.maximumRanks else { return nil }
    return Diagnostic(
      "'\(kind)' cannot share its work between \(ranks.partialValue) processes",
      at: parallelism.range,
      remedy: workload.maximumRanks == 1
        ? "leave 'parallelism' to 'auto', or use 'task' for the instances of a matrix"
        : "it can be shared between \(workload.maximumRanks)")
  }
}
