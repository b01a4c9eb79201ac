package import Diagnostics

/// What a stage throws whose work is done, where what it made cannot be taken as its artifact.
///
/// The work may have taken long, so what was made is kept for the person to look at.
package struct RefusedOutput: Error, Hashable, Sendable {
  package let problem: Diagnostic

  package init(_ problem: Diagnostic) {
    self.problem = problem
  }
}
