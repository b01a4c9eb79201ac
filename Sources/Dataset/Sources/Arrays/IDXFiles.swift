internal import Artifacts
internal import Diagnostics
package import Options

/// Files of the IDX format, in which MNIST and its kin are kept: images and labels in a file each.
package enum IDXFiles: ArrayFiles {
  package static let key = "idx"
  package static let summary =
    "IDX files, plain or gzip, as MNIST's: a folder of them, or files of images and of labels."
  static let grouping = ArrayGrouping.mnist
  static let endings = "train-images-idx3-ubyte or t10k-labels-idx1-ubyte.gz"

  package static let rules: [Rule] = []

  static func isOwn(_ name: String) -> Bool {
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return plain.hasSuffix("ubyte") || plain.hasSuffix(".idx")
      || (1...4).contains(where: { plain.hasSuffix(".idx\($0)") || plain.contains("-idx\($0)-") })
  }

  package static func recognizes(_ start: FileStart) -> Bool {
    isOwn(start.name.lastName) || IDXHeader.matches(start.bytes)
  }

  package static let noun = "an IDX file"

  static func arrays(in file: SourceFile) throws(Diagnostic) -> FoundArrays {
    try ArrayHeaderReader.arrays(in: file, named: stem(file.name)) {
      bytes throws(Diagnostic) in
      let header = try IDXHeader(bytes(IDXHeader.longest))
      return (header.layout, header.length)
    }
  }

  /// A file's name without what tells its format: `train-images` of `train-images-idx3-ubyte.gz`.
  private static func stem(_ path: String) -> String {
    let marks: Set<Character> = ["-", ".", "_"]
    let words = path.lastName.split { marks.contains($0) }.map(String.init)
    let kept = words.filter { word in
      !["gz", "ubyte", "idx", "bin"].contains(word)
        && !(word.count == 4 && word.hasPrefix("idx") && word.last?.isNumber == true)
    }
    return kept.isEmpty ? path.lastName : kept.joined(separator: "_")
  }
}
