internal import Artifacts
internal import Diagnostics
internal import Options

/// NumPy's archives of several arrays.
package enum NumpyArchives: ArrayFiles {
  package static let key = "npz"
  package static let summary = "NumPy's .npz archives of arrays, stored or compressed."
  static let grouping = ArrayGrouping.archives
  static let endings = ".npz"

  static func isOwn(_ name: String) -> Bool { name.hasSuffix(".npz") }

  package static func recognizes(_ start: FileStart) -> Bool {
    start.name.hasSuffix(".npz")
      || (start.hasPrefix("PK\u{3}\u{4}")
        && String(decoding: start.bytes.dropFirst(30), as: UTF8.self).contains(".npy"))
  }

  package static let noun = "an archive of NumPy's"

  static func arrays(in file: SourceFile) throws(Diagnostic) -> FoundArrays {
    let directory = try ZipDirectory(file)
    let names = Set(directory.entries.map(\.name))
    if names.isSuperset(of: ["indices.npy", "indptr.npy", "shape.npy", "data.npy"]) {
      throw Diagnostic(
        "'\(file.name)' holds a sparse matrix of SciPy's",
        remedy: "save what it stands for: `np.savez_compressed('new.npz', x=matrix.toarray())`")
    }
    var found = FoundArrays()
    for entry in directory.entries where entry.name.hasSuffix(".npy") {
      let name = String(entry.name.dropLast(4))
      do throws(Diagnostic) {
        let header = try header(of: entry, in: file, named: name)
        try ArrayHeaderReader.requireSize(header.layout, entry.size - header.length)
        found.arrays.append(
          StoredArray(
            name: name, file: file, isMember: true,
            storage: entry.isDeflated
              ? .deflated(entry, header.length) : .plain(entry.offset + header.length),
            layout: header.layout))
      } catch {
        found.unread.append(
          UnreadArray(
            name: name,
            problem: ArrayHeaderReader.naming("'\(name)' in '\(file.name)'", error)))
      }
    }
    guard !directory.entries.isEmpty, !(found.arrays.isEmpty && found.unread.isEmpty) else {
      throw Diagnostic(
        "'\(file.name)' is an archive without an array",
        remedy: "arrays are its entries whose names end in .npy, as `np.savez` writes them")
    }
    return found
  }

  private static func header(
    of entry: ZipEntry, in file: SourceFile, named name: String
  ) throws(Diagnostic) -> NumpyHeader {
    if entry.isDeflated {
      let inflater = try Inflater(entry, of: file, titled: "'\(name)' in '\(file.name)'")
      func next(_ count: Int) throws(Diagnostic) -> [UInt8] {
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try inflater.read(into: &bytes)
        return Array(bytes.prefix(filled))
      }
      let prefix = try next(min(NumpyHeader.prefix, entry.size))
      let length = try NumpyHeader.length(prefix)
      return try NumpyHeader(prefix + next(max(0, min(length, entry.size) - prefix.count)))
    }
    let open = try OpenFile(reading: file.path, named: file.name)
    let end = entry.offset + entry.size
    let prefix = try open.read(
      from: entry.offset, upTo: min(entry.offset + NumpyHeader.prefix, end))
    let length = try NumpyHeader.length(prefix)
    return try NumpyHeader(
      open.read(from: entry.offset, upTo: min(entry.offset + length, end)))
  }
}
