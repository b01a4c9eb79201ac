internal import Glibc

/// What its owner, its group and everybody may do with a file or a folder: the nine bits of `chmod`.
package struct Permissions: Hashable, Sendable {
  package let bits: UInt32

  /// - Parameter bits: nine of them, such as `0o644`.
  package init(bits: UInt32) {
    self.bits = bits & 0o777
  }

  /// Reads what `description` writes.
  package init?(octal text: String) {
    guard text.utf8.count == 3, let bits = UInt32(text, radix: 8) else { return nil }
    self.init(bits: bits)
  }

  /// What a file has unless somebody says otherwise.
  package static let file = Permissions(bits: 0o644)

  /// What a program, or a folder, has unless somebody says otherwise.
  package static let program = Permissions(bits: 0o755)

  package var isExecutable: Bool { bits & S_IXUSR != 0 }

  /// Whether the owner may make and remove files in a folder that has them.
  package var allowChanges: Bool { bits & 0o300 == 0o300 }

  /// Those of a file or a folder, told alike whatever mask its maker had: what nobody chose counts as
  /// `file` or `program`.
  package init(of status: FileStatus) {
    let own = Permissions(bits: status.mode)
    switch own.bits {
    case 0o666 & ~Self.mask where status.kind == .file: self = .file
    case 0o777 & ~Self.mask: self = .program
    default: self = own
    }
  }

  /// The bits that this process's new files do not get.
  private static let mask: UInt32 = {
    let bytes = (try? Folder.contents(of: "/proc/self/status")) ?? []
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("Umask:") }?.dropFirst("Umask:".count)
    return line.flatMap { UInt32($0.drop { $0 == "\t" || $0 == " " }, radix: 8) } ?? 0o022
  }()
}

extension Permissions: CustomStringConvertible {
  /// Three octal digits, such as `644`.
  package var description: String {
    let digits = String(bits, radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
