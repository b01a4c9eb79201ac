internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Glibc
internal import Synchronization

/// A file of events as TensorBoard reads it while it grows.
///
/// Each event is appended with one write, so that of a process that is killed at most the last one is
/// torn, which readers pass over.
final class EventFile {
  private let descriptor: Int32
  let path: String

  /// How many files the process has begun, as their names must differ.
  private static let begun = Mutex(0)

  /// Begins a file in a folder, which is made where it is missing.
  ///
  /// - Parameter time: Seconds since 1970.
  init(in folder: String, at time: Double) throws(Diagnostic) {
    try Folder.create(folder)
    let number = Self.begun.withLock { count in
      count += 1
      return count
    }
    let seconds = String(Int(time))
    let padded = String(repeating: "0", count: max(0, 10 - seconds.count)) + seconds
    path = "\(folder)/events.out.tfevents.\(padded).anneal.\(getpid()).\(number)"
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system("'\(path)' cannot be made") }
    try append(time) { $0.add(3, "brain.Event:2") }
  }

  deinit { close(descriptor) }

  /// Says that what comes stands from a step on in place of what another file of the folder has of it.
  func start(at step: Int, _ time: Double) throws(Diagnostic) {
    try append(time, step: step) { event in
      event.add(7) { session in session.add(1, Int64(1)) }
    }
  }

  /// Writes numbers of one step.
  func add(_ numbers: [String: Double], step: Int, _ time: Double) throws(Diagnostic) {
    try append(time, step: step) { event in
      event.add(5) { summary in
        for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
          summary.add(1) { value in
            value.add(1, name)
            value.add(2, Float(number))
          }
        }
      }
    }
  }

  /// Writes a text, which may hold Markdown.
  func add(_ text: String, named name: String, _ time: Double) throws(Diagnostic) {
    try append(time, step: 0) { event in
      event.add(5) { summary in
        summary.add(1) { value in
          value.add(1, name)
          value.add(8) { tensor in
            tensor.add(1, Int64(7))  // DT_STRING
            tensor.add(2, [UInt8]())
            tensor.add(8, text)
          }
          value.add(9) { metadata in
            metadata.add(1) { $0.add(1, "text") }
            metadata.add(4, Int64(2))  // DATA_CLASS_TENSOR
          }
        }
      }
    }
  }

  private func append(
    _ time: Double, step: Int? = nil, _ build: (inout ProtocolBuffer) -> Void
  ) throws(Diagnostic) {
    var event = ProtocolBuffer()
    event.add(1, time)
    if let step { event.add(2, Int64(step)) }
    build(&event)
    let frame = RecordFrame.framed(event.bytes)
    var written = 0
    while written < frame.count {
      let count = unsafe frame.withUnsafeBytes { bytes in
        unsafe write(descriptor, bytes.baseAddress?.advanced(by: written), frame.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("'\(path)' cannot be written") }
      written += count
    }
  }
}
