internal import Diagnostics

/// Tables in files of Arrow's own format.
package enum ArrowFiles: TypedFiles {
  package static let key = "arrow"
  package static let summary =
    "Arrow IPC files and streams, Feather too, compressed or not, or folders of them."
  package static let noun = "an Arrow file"
  static let endings = [".arrow", ".feather", ".ipc", ".arrows"]

  package static func recognizes(_ start: FileStart) -> Bool {
    start.hasPrefix("ARROW1") || start.hasPrefix("FEA1")
      || endings.contains { start.name.hasSuffix($0) }
  }

  static func contents(
    _ files: [SourceFile], _ format: TableFormat, labels: String?, isQuick: Bool
  ) throws(Diagnostic) -> any TableContents {
    try TypedContents(files: files, as: .arrow, format: format)
  }

  static func check(_ contents: any TableContents, _ used: [Int]) throws(Diagnostic) {
    try (contents as? TypedContents)?.refuseNested(used)
  }
}
