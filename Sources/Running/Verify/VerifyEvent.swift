/// What happens while locked stages are run again.
package enum VerifyEvent: Sendable {
  case started(String)
  case finished(Verdict)
}
