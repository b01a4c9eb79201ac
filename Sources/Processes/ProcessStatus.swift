internal import Artifacts
internal import Glibc

/// What `/proc` says of a process that has not ended.
struct ProcessStatus {
  let parent: pid_t
  let session: pid_t

  /// What it says of every process, by number.
  static var all: [pid_t: ProcessStatus] {
    let numbers = ((try? Folder.names(in: "/proc")) ?? []).compactMap { pid_t($0) }
    return Dictionary(
      numbers.compactMap { number in ProcessStatus(number).map { (number, $0) } }
    ) { first, _ in first }
  }

  /// `nil` where there is no such process any more.
  init?(_ process: pid_t) {
    guard let bytes = try? Folder.contents(of: "/proc/\(process)/stat") else { return nil }
    // The name in parentheses may hold anything; state, parent, group and session follow it.
    let name = bytes.lastIndex(of: UInt8(ascii: ")")) ?? bytes.endIndex
    let fields = bytes[name...].split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count > 4, fields[1] != "Z", fields[1] != "X", let parent = pid_t(fields[2]),
      let session = pid_t(fields[4])
    else { return nil }
    self.parent = parent
    self.session = session
  }
}
