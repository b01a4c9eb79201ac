internal import Foundation
internal import Hardware

/// What the figures were measured with and on.
struct Surroundings: Sendable {
  let machine: Machine
  let kernel: String
  let fileSystem: String
  let load: String
  let swift: String
  let revision: String
  let day: String
  /// The version of each tool by its name.
  let versions: [(name: String, version: String)]

  /// - Parameter packages: What else has a version.
  init(
    _ bench: Bench, _ tools: [any Tool], _ packages: [(name: String, version: String)]
  ) throws {
    let laboratory = bench.laboratory
    func line(_ text: String) throws -> String {
      try laboratory.output(of: .shell(text)).split(separator: "\n").first.map(String.init) ?? ""
    }
    machine = .current()
    kernel = try line("uname -sr")
    fileSystem = try line("df --output=fstype,source '\(laboratory.root)' | tail -n 1")
    load = try line("cut -d ' ' -f 1-3 /proc/loadavg")
    swift = try line("swift --version 2>/dev/null | sed 's/^Swift version //'")
    let git = "git -C '\(bench.repository)'"
    // A report that is being replaced is no change to what is measured.
    let changed = try line(
      "\(git) diff --quiet HEAD -- . ':!docs' ':!README.md' && echo || echo ' with changes'")
    revision = try line("\(git) rev-parse --short=12 HEAD") + changed
    day = try line("date --utc +%Y-%m-%d")
    versions =
      try tools.map { tool in
        let words = try laboratory.output(of: tool.version).split(whereSeparator: \.isWhitespace)
        return (tool.name, words.last.map(String.init) ?? "unknown")
      } + packages
  }

  /// Whether other programs had more than half of the cores when measuring began.
  var isBusy: Bool {
    let recent = load.split(separator: " ").first.flatMap { Double($0) } ?? 0
    return recent > Double(machine.cores) / 2
  }

  /// A fact a row.
  var rows: [[String]] {
    let memory = Figure.digits(Double(machine.memory) / Double(1 << 30))
    return [
      ["processor", "\(machine.processor), \(machine.cores) cores"],
      ["memory", "\(memory) GiB"],
      ["file system", fileSystem.split(separator: " ").joined(separator: " on ")],
      ["kernel", kernel],
      ["Swift", swift],
      ["revision", revision],
      ["day", day],
      ["load before the start", load],
    ] + versions.map { [$0.name, $0.version] }
  }
}
