internal import Artifacts
internal import Diagnostics

/// Reads the header of a file that holds one array, plain or compressed.
enum ArrayHeaderReader {
  /// - Parameters:
  ///   - name: What the array is called.
  ///   - header: Reads the header with a function that gives the next bytes, fewer at the end; it tells how
  ///     the elements lie, and where they begin.
  static func arrays(
    in file: SourceFile, named name: String,
    _ header: ((Int) throws(Diagnostic) -> [UInt8]) throws(Diagnostic) -> (ArrayLayout, Int)
  ) throws(Diagnostic) -> FoundArrays {
    try file.requirePlainFile()
    let open = try OpenFile(reading: file.path, named: file.name)
    var found = FoundArrays()
    do throws(Diagnostic) {
      let storage: StoredArray.Storage
      let layout: ArrayLayout
      if try open.read(from: 0, upTo: 2) == [0x1f, 0x8b] {
        let stream = try CompressedStream(file)
        let (read, start) = try header { count throws(Diagnostic) in
          var bytes = [UInt8](repeating: 0, count: count)
          let filled = try stream.read(into: &bytes)
          return Array(bytes.prefix(filled))
        }
        try requireRoom(read, try FileStatus(of: file.path, following: true)?.size ?? 0)
        (layout, storage) = (read, .compressed(start))
      } else {
        var place = 0
        let (read, start) = try header { count throws(Diagnostic) in
          defer { place += count }
          return try open.read(from: place, upTo: place + count)
        }
        let size = try FileStatus(of: file.path, following: true)?.size ?? 0
        try requireSize(read, size - start)
        (layout, storage) = (read, .plain(start))
      }
      found.arrays.append(
        StoredArray(name: name, file: file, isMember: false, storage: storage, layout: layout))
    } catch {
      found.unread.append(UnreadArray(name: name, problem: Self.naming("'\(file.name)'", error)))
    }
    return found
  }

  /// Holds what a header promises against the bytes that are there.
  static func requireSize(_ layout: ArrayLayout, _ size: Int) throws(Diagnostic) {
    guard size == layout.byteCount else {
      throw Diagnostic(
        "its shape \(ArrayLayout.text(layout.shape)) of \(layout.element.noun) takes "
          + "\(layout.byteCount) bytes, and \(max(0, size)) are there",
        remedy: size < layout.byteCount
          ? "the file is cut short: fetch or write it anew" : "write one array to a file")
    }
  }

  /// No byte that deflate writes stands for more than so many.
  private static let mostFromByte = 1032

  /// Holds what a header promises against what so many compressed bytes can be at the most.
  private static func requireRoom(_ layout: ArrayLayout, _ size: Int) throws(Diagnostic) {
    guard layout.byteCount / mostFromByte > size else { return }
    throw Diagnostic(
      "its shape \(ArrayLayout.text(layout.shape)) of \(layout.element.noun) takes "
        + "\(layout.byteCount) bytes, which \(size) compressed ones cannot be",
      remedy: "the file is cut short: fetch or write it anew")
  }

  /// A problem of an array with its name before it.
  static func naming(_ title: String, _ problem: Diagnostic) -> Diagnostic {
    guard !problem.message.contains(title) else { return problem }
    var named = problem
    named.message = "\(title) cannot be read: \(problem.message)"
    return named
  }
}
