internal import Artifacts
internal import Diagnostics
internal import Glibc
internal import Synchronization

/// A file of events as TensorBoard reads it while it grows.
///
/// Each event is appended with one write, so that of a process that is killed at most the last one is
/// torn, which readers pass over.
final class EventFile {
  private let file: OpenFile

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
    file = try OpenFile(
      appending: "\(folder)/events.out.tfevents.\(Int(time)).anneal.\(getpid()).\(number)")
    try append(time) { $0.write("brain.Event:2", field: 3) }
  }

  /// Says that what comes stands from a step on in place of what another file of the folder has of it.
  func start(at step: Int, _ time: Double) throws(Diagnostic) {
    try append(time, step: step) { event in
      event.write(field: 7) { session in session.write(Int64(1), field: 1) }
    }
  }

  /// Writes numbers of one step.
  func add(_ numbers: [String: Double], step: Int, _ time: Double) throws(Diagnostic) {
    try append(time, step: step) { event in
      event.write(field: 5) { summary in
        for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
          summary.write(field: 1) { value in
            value.write(name, field: 1)
            value.write(Float(number), field: 2)
          }
        }
      }
    }
  }

  /// Writes a text, which may hold Markdown.
  func add(_ text: String, named name: String, _ time: Double) throws(Diagnostic) {
    try append(time, step: 0) { event in
      event.write(field: 5) { summary in
        summary.write(field: 1) { value in
          value.write(name, field: 1)
          value.write(field: 8) { tensor in
            tensor.write(Int64(7), field: 1)  // DT_STRING
            tensor.write([UInt8](), field: 2)
            tensor.write(text, field: 8)
          }
          value.write(field: 9) { metadata in
            metadata.write(field: 1) { $0.write("text", field: 1) }
            metadata.write(Int64(2), field: 4)  // DATA_CLASS_TENSOR
          }
        }
      }
    }
  }

  private func append(
    _ time: Double, step: Int? = nil, _ build: (inout ProtobufWriter) -> Void
  ) throws(Diagnostic) {
    var event = ProtobufWriter()
    event.write(time, field: 1)
    if let step { event.write(Int64(step), field: 2) }
    build(&event)
    try file.write(RecordFrame.framed(event.bytes))
  }
}
