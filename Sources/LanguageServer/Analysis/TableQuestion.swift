internal import Artifacts
internal import Diagnostics
internal import Synchronization
internal import YAML

/// A table whose columns are wanted: the settings of a stage that loads it, filled in.
struct TableQuestion: Sendable {
  let stage: String
  let settings: Value

  /// The folder to which the settings' paths are relative.
  let directory: String

  /// The tables that the stages of a pipeline load.
  ///
  /// - Parameter variables: as they were filled in last.
  static func questions(_ outlines: [FileOutline], variables: Value) -> [TableQuestion] {
    outlines.flatMap { outline in
      outline.stages.compactMap { stage in
        guard let written = stage.value["load"]?.mapping else { return nil }
        var settings: Value = [:]
        for member in written where !member.value.isNull {
          settings[member.key] = Template(variables: variables).value(of: member.value)
        }
        return TableQuestion(
          stage: stage.key, settings: settings, directory: outline.path.parentPath)
      }
    }
  }

  /// What tells whether the files are still as they were.
  fileprivate var stamp: [FileStatus?] {
    let paths = (settings.object ?? [:]).sorted { $0.key < $1.key }.flatMap { member in
      ([member.value] + (member.value.array ?? [])).compactMap(\.string)
    }
    return paths.map { path in
      // Of a pattern the folder shows whether there are other files.
      let literal = path.prefix { !"*?[{".contains($0) }
      let place = literal.count == path.count ? path : String(literal).parentPath
      return try? FileStatus(of: place.path(in: directory), following: true)
    }
  }

  fileprivate var key: String { directory + "\n" + settings.canonicalJSON }
}

/// The columns of tables that were looked at, for as long as these do not change.
final class TableColumns: Sendable {
  private typealias Known = (stamp: [FileStatus?], columns: [String]?)
  private let known = Mutex<[String: Known]>([:])
  private let look: @Sendable (Value, String) -> [String]?

  /// - Parameter look: reads the columns.
  init(_ look: @escaping @Sendable (Value, String) -> [String]?) {
    self.look = look
  }

  /// The columns of each stage's table, where they can be told.
  func columns(_ questions: [TableQuestion]) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for question in questions { found[question.stage] = columns(question) }
    return found
  }

  private func columns(_ question: TableQuestion) -> [String]? {
    let (key, stamp) = (question.key, question.stamp)
    if let last = known.withLock({ $0[key] }), last.stamp == stamp { return last.columns }
    let columns = look(question.settings, question.directory)
    known.withLock { $0[key] = (stamp, columns) }
    return columns
  }
}
