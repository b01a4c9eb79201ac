internal import Glibc

/// Where what a console shows goes, and how wide that is.
struct ConsoleStreams: Sendable {
  enum Stream {
    case output, errors
  }

  /// The cells of a terminal.
  struct Size: Hashable {
    var columns = 80
    var rows = 24
  }

  let put: @Sendable (String, Stream) -> Void

  /// The size of a stream's terminal at this moment; `nil` where it is none.
  let size: @Sendable (Stream) -> Size?

  /// Standard output and standard error of this process.
  static let ofProcess = ConsoleStreams(
    put: { text, stream in put(text, to: descriptor(of: stream)) },
    size: { stream in size(of: descriptor(of: stream)) })

  private static func descriptor(of stream: Stream) -> Int32 {
    switch stream {
    case .output: STDOUT_FILENO
    case .errors: STDERR_FILENO
    }
  }

  private static func size(of descriptor: Int32) -> Size? {
    guard isatty(descriptor) == 1 else { return nil }
    var told = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &told) == 0 else { return Size() }
    var size = Size()
    if told.ws_col > 0 { size.columns = Int(told.ws_col) }
    if told.ws_row > 0 { size.rows = Int(told.ws_row) }
    return size
  }

  /// Writes everything, also through a pipe that takes a part at a time; what cannot be written ends it.
  private static func put(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        if descriptor == STDOUT_FILENO { OutputFailure.note(errno) }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
