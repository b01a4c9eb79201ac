internal import Artifacts
internal import Glibc

/// What `/proc` says of a process that has not ended.
package struct ProcessStatus {
  let parent: pid_t
  let session: pid_t
  /// When it began, in ticks since the machine did.
  package let start: UInt64

  /// What it says of every process, by number.
  static var all: [pid_t: ProcessStatus] {
    let numbers = ((try? Folder.names(in: "/proc")) ?? []).compactMap { pid_t($0) }
    return Dictionary(
      numbers.compactMap { number in ProcessStatus(number).map { (number, $0) } }
    ) { first, _ in first }
  }

  /// `nil` where there is no such process any more.
  package init?(_ process: Int32) {
    guard let bytes = try? Folder.contents(of: "/proc/\(process)/stat") else { return nil }
    // The name in parentheses may hold anything; state, parent, group and session follow it, and the start is
    // the twentieth field behind it.
    let name = bytes.lastIndex(of: UInt8(ascii: ")")) ?? bytes.endIndex
    let fields = bytes[name...].split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count > 20, fields[1] != "Z", fields[1] != "X", let parent = pid_t(fields[2]),
      let session = pid_t(fields[4]), let start = UInt64(fields[20])
    else { return nil }
    self.parent = parent
    self.session = session
    self.start = start
  }
}
