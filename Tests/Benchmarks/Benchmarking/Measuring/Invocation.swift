/// A program with its arguments, as a shell would be told to run it.
struct Invocation: Hashable, Sendable {
  let executable: String
  let arguments: [String]
  var environment: [String: String] = [:]

  init(_ executable: String, _ arguments: [String], environment: [String: String] = [:]) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
  }

  static func shell(_ line: String) -> Invocation { Invocation("/bin/sh", ["-c", line]) }
}
