internal import Artifacts
internal import Diagnostics
internal import Options

/// NumPy's files of one array each; those of a folder belong together.
package enum NumpyFiles: ArrayFiles {
  package static let key = "npy"
  package static let summary =
    "NumPy's .npy files with an array each, called by the file's name; those of a folder belong together."
  static let grouping = ArrayGrouping.folders
  static let endings = ".npy or .npy.gz"

  static func isOwn(_ name: String) -> Bool {
    name.hasSuffix(".npy") || name.hasSuffix(".npy.gz")
  }

  package static func recognizes(_ start: FileStart) -> Bool {
    start.bytes.starts(with: NumpyHeader.magic) || start.ends(".npy")
  }

  package static let noun = "an array of NumPy's"

  static func arrays(in file: SourceFile) throws(Diagnostic) -> FoundArrays {
    try ArrayHeaderReader.arrays(in: file, named: stem(file.name)) {
      bytes throws(Diagnostic) in
      let prefix = try bytes(NumpyHeader.prefix)
      let length = try NumpyHeader.length(prefix)
      let header = try NumpyHeader(prefix + bytes(max(0, length - prefix.count)))
      return (header.layout, header.length)
    }
  }

  /// The name of the array in a file.
  private static func stem(_ path: String) -> String {
    var name = path.lastName
    for ending in [".gz", ".npy"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    return name
  }
}
