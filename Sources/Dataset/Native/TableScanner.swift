internal import CData
internal import Diagnostics

/// Takes the rows of a delimited file apart, on the threads of the native library.
@safe struct TableScanner: ~Copyable {
  private let handle: OpaquePointer
  private let functions: AnnealDataFunctions
  private let feed: ByteFeed
  private let forms: [ColumnRequest.Form]

  /// - Parameters:
  ///   - bytes: The file in UTF-8.
  ///   - format: Without the delimiter, which is given.
  ///   - columns: How many a row has.
  ///   - readers: How the cells of each column are read.
  ///   - pieceBytes: How much is one thread's work; nil for what is usual.
  init(
    _ bytes: consuming TextBytes, delimiter: UInt8, _ format: TableFormat, columns: Int,
    _ requests: [ColumnRequest], _ readers: [CellReader], pieceBytes: Int? = nil
  ) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    let feed = ByteFeed(bytes)
    var rows = AnnealDataRowFormat(
      delimiter: Int32(delimiter), quote: format.quote.map(Int32.init) ?? -1,
      comment: format.comment.map(Int32.init) ?? -1, columns: Int32(columns),
      skipped_lines: Int64(format.skippedLines), skipped_rows: format.hasHeader ? 1 : 0,
      piece_bytes: Int64(pieceBytes ?? 0))
    let native = NativeRequests(requests.map { (request: $0, reader: readers[$0.column]) })
    var handle: OpaquePointer?
    let context = unsafe Unmanaged.passUnretained(feed).toOpaque()
    let status = unsafe native.withMissing { missing in
      unsafe functions.scanner_open(
        &rows, native.requests, Int32(native.requests.count), missing, readBytes, context,
        &handle)
    }
    try DataEngine.check(status)
    guard let handle = unsafe handle else { throw Diagnostic("no rows can be read") }
    unsafe self.handle = handle
    self.functions = functions
    self.feed = feed
    forms = requests.map(\.form)
  }

  deinit { unsafe functions.scanner_close(handle) }

  /// The next rows; nil at the end.
  func next() throws(Diagnostic) -> NativeBatch? {
    var batch: OpaquePointer?
    let status = unsafe functions.scanner_next(handle, &batch)
    if let problem = feed.problem { throw problem }
    try DataEngine.check(status)
    guard let batch = unsafe batch else { return nil }
    return unsafe try NativeBatch(batch, functions, forms)
  }
}

/// Gives the native library the bytes of a file.
private final class ByteFeed {
  private var bytes: TextBytes

  /// Why reading failed.
  private(set) var problem: Diagnostic?

  init(_ bytes: consuming TextBytes) {
    self.bytes = bytes
  }

  @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) -> Int64 {
    do throws(Diagnostic) {
      return Int64(unsafe try bytes.read(into: buffer))
    } catch {
      problem = error
      return -1
    }
  }
}

private func readBytes(
  _ context: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ capacity: Int64
) -> Int64 {
  guard let context = unsafe context else { return -1 }
  let feed = unsafe Unmanaged<ByteFeed>.fromOpaque(context).takeUnretainedValue()
  return unsafe feed.read(
    into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(capacity)))
}
