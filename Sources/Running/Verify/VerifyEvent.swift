package import Diagnostics

/// What happens while locked stages are run again.
package enum VerifyEvent: Sendable {
  /// Something to know before the first stage runs.
  case warning(Diagnostic)
  case started(String)
  case finished(Verdict)
}
