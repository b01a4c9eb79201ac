package import Diagnostics

extension Node {
  /// Reads the one YAML document of a text.
  ///
  /// Repeated keys are all reported; after any other mistake reading stops.
  /// - Parameters:
  ///   - text: The text.
  ///   - file: The name that places carry.
  package init(
    parsing text: String, file: String, limits: Limits = .standard
  ) throws(Diagnostics) {
    try self.init(parsing: text.utf8, file: file, limits: limits)
  }

  /// Reads the one YAML document of a text given as bytes, which have to be UTF-8.
  package init(
    parsing bytes: some Collection<UInt8>, file: String, limits: Limits = .standard
  ) throws(Diagnostics) {
    let text: [UInt8]
    do throws(Diagnostic) {
      text = try TextCheck(file: file, limits: limits).check(bytes)
    } catch {
      throw Diagnostics(error)
    }
    let conflicts = MergeConflicts.problems(in: text, file: file)
    guard conflicts.isEmpty else { throw Diagnostics(conflicts) }
    var problems = Diagnostics()
    do throws(Diagnostic) {
      var builder = TreeBuilder(
        events: try EventReader(bytes: text, file: file), limits: limits)
      do throws(Diagnostic) {
        self = try builder.build(file: file)
        problems = builder.problems
      } catch {
        problems = builder.problems
        // A text that is not what was meant may well be why the parser stopped behind it.
        if let slip = builder.lastSlip, let stop = error.location, slip.line + 1 >= stop.line {
          throw problems.all.last ?? error
        }
        throw error
      }
    } catch {
      problems.add(error)
      throw problems
    }
    try problems.throwIfErrors()
  }
}
