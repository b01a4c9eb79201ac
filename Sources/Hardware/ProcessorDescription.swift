/// The name and feature flags that `/proc/cpuinfo` gives of the first processor.
struct ProcessorDescription {
  var name = "unknown processor"
  var flags: Set<String> = []

  init(parsing text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let colon = line.firstIndex(of: ":") else {
        if line.trimmed.isEmpty, !flags.isEmpty { return }
        continue
      }
      let value = line[line.index(after: colon)...].trimmed
      switch line[..<colon].trimmed {
      case "model name": name = String(value)
      case "flags", "Features": flags = Set(value.split(separator: " ").map(String.init))
      default: continue
      }
    }
  }
}
