internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// The notes that an attempt leaves in the store for as long as it writes to the user's folder.
///
/// Where one is found although nobody holds the lock on the path, the attempt's process was killed, and
/// what stands there is half done.
struct AttemptMarks {
  private let layout: StoreLayout

  /// The paths that the stage writes, as its artifact has them, with the files of the notes.
  private let notes: [(path: String, file: String)]

  init(of instance: StageInstance, in store: Store) {
    layout = store.layout
    let layout = layout
    notes = instance.settings.written.map { written in
      let path = written.normalized
      return (path, layout.attempt(at: PipelineFile.absolute(path.path(in: instance.directory))))
    }
  }

  /// Notes that a run begins to write; the caller holds the locks on the paths.
  func set(by run: String) throws(Diagnostic) {
    for note in notes { try Folder.replaceFile(note.file, with: Array(run.utf8), lasting: false) }
  }

  /// Forgets the notes: what stands there now is a result, or was there before.
  ///
  /// - Parameter isOver: tells the paths whose notes go.
  func remove(where isOver: (String) -> Bool = { _ in true }) throws(Diagnostic) {
    for note in notes where isOver(note.path) { try Folder.remove(note.file) }
  }

  /// The run whose attempt left what stands at a path; `nil` where none that was killed wrote there.
  func run(behind path: String) throws(Diagnostic) -> String? {
    for note in notes where path.isPath(atOrBelow: note.path) {
      guard try FileStatus(of: note.file) != nil else { continue }
      return String(decoding: try Folder.contents(of: note.file), as: UTF8.self)
    }
    return nil
  }
}
