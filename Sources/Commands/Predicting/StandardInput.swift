internal import Artifacts
internal import Diagnostics
internal import Glibc

/// Standard input as a file that can be read from its start as often as is needed.
struct StandardInput: ~Copyable {
  /// A copy without a name; `nil` where standard input is a file itself.
  private let copy: OpenFile?

  let descriptor: Int32

  /// Takes standard input as it is where it is a file, and copies it otherwise.
  init() throws(Diagnostic) {
    var status = stat()
    if unsafe fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      copy = nil
      descriptor = STDIN_FILENO
      return
    }
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    let path = "anneal-stdin-\(getpid())".path(in: folder)
    let file = try OpenFile(creating: path)
    try Folder.remove(path)
    let input = try OpenFile(reading: "/dev/stdin")
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try input.read(into: &chunk)
      guard count > 0 else { break }
      try file.write(Array(chunk[..<count]))
    }
    descriptor = file.descriptor
    copy = consume file
  }
}
