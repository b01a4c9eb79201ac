/// `anneal probe`: opens one native library and says its version. `anneal doctor` calls it.
struct ProbeCommand: Command {
  var engine = ""

  static let name = "probe"
  static let summary = "Opens a native library and says its version."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("ENGINE", \.engine, "tensor, data or deployment.")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard let engine = NativeEngine(rawValue: engine) else {
      throw UsageError(
        "there is no engine '\(engine)'",
        remedy: "name \(NativeEngine.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    console.write(try engine.open())
    return .done
  }
}
