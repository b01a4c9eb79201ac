internal import Artifacts
internal import Glibc
internal import Processes

/// What tells one process of this machine from all others, also from those after it of the same number. It
/// names no person and no host.
struct ProcessMark: Sendable {
  let text: String
  private let boot: String
  private let number: pid_t

  static let own = ProcessMark(of: getpid()) ?? ProcessMark(text: "unknown")

  private init(text: String) {
    self.text = text
    (boot, number) = ("", 0)
  }

  /// Fails where there is no such process.
  private init?(of number: pid_t) {
    guard let boot = Self.boot, let start = ProcessStatus(number)?.start else { return nil }
    self.boot = boot
    self.number = number
    text = "\(boot) \(number) \(start)"
  }

  /// A mark that was written before.
  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, let number = pid_t(parts[1]) else { return nil }
    self.text = text
    boot = String(parts[0])
    self.number = number
  }

  /// Whether the process was one of this machine since it was started, and has ended. Nothing is known of others.
  var isSurelyGone: Bool {
    boot == Self.boot && ProcessMark(of: number)?.text != text
  }

  private static let boot: String? = (try? Folder.contents(of: "/proc/sys/kernel/random/boot_id"))
    .map { String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace } }
}
