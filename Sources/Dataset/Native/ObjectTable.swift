internal import CData
internal import Diagnostics

/// A file with a JSON object on each line, which the native library looked through for names.
@safe final class ObjectTable: Sendable {
  /// The names of its values, in the order in which they come first.
  let names: [String]

  /// Whether all of the file was looked at.
  let isComplete: Bool

  /// Whether there is a list of labels.
  let hasLabels: Bool
  private let handle: UInt
  private let file: SourceFile

  /// - Parameters:
  ///   - most: Bytes of the decompressed file that are looked at, at most.
  ///   - others: Names that are known although the file may lack them.
  ///   - labels: The name whose lists are cells of labels, rather than a column for each place.
  init(
    _ file: SourceFile, atMost most: Int, knowing others: [String], labels: String? = nil
  ) throws(Diagnostic) {
    try file.requirePlainFile()
    let functions = try DataEngine.functions()
    var handle: OpaquePointer?
    let attempt = "cannot read '\(file.name)'"
    do throws(Diagnostic) {
      try DataEngine.check(
        unsafe functions.json_open(file.path, Int64(most), labels ?? "", &handle), attempt)
    } catch {
      if error.message.contains("one list") {
        throw error.adding(remedy: "`jq -c '.[]' old.json > new.jsonl` puts each object on a line")
      }
      guard error.message.contains("UTF-16") else { throw error }
      throw error.adding(remedy: "`iconv -f utf-16 -t utf-8 old.jsonl > new.jsonl` writes it anew")
    }
    guard let handle = unsafe handle else { throw Diagnostic(attempt) }
    self.handle = UInt(bitPattern: handle)
    self.file = file
    for name in others { _ = unsafe functions.json_add(handle, name) }
    var count: Int32 = 0
    var isComplete: Int32 = 0
    var hasLabels: Int32 = 0
    _ = unsafe functions.json_size(handle, &count, &isComplete, &hasLabels)
    self.hasLabels = hasLabels != 0
    self.isComplete = isComplete != 0
    names = (0..<count).map { index in
      var name: UnsafePointer<CChar>?
      _ = unsafe functions.json_name(handle, index, &name)
      return unsafe name.map { unsafe String(cString: $0) } ?? ""
    }
  }

  deinit {
    guard let functions = try? DataEngine.functions() else { return }
    unsafe functions.json_close(OpaquePointer(bitPattern: handle))
  }

  /// Calls `body` with the rows in order, some at a time, until it returns false.
  func forEachBatch(
    _ requests: [ColumnRequest], _ readers: [CellReader], _ body: (NativeBatch) throws -> Bool
  ) throws {
    let functions = try DataEngine.functions()
    let keys = unsafe OpaquePointer(bitPattern: handle)
    let scan = unsafe NativeScanFunctions(
      open: { [file] native, missing, scan in
        unsafe functions.json_scan_open(
          file.path, keys, native.requests, Int32(native.requests.count), missing, scan)
      },
      next: { unsafe functions.json_scan_next($0, $1) },
      close: { unsafe functions.json_scan_close($0) })
    try unsafe NativeScan(requests, readers, by: scan, "cannot read '\(file.name)'")
      .forEachBatch(body)
  }
}
