internal import Glibc

extension Diagnostic {
  /// A failed system call as a fact and its remedy.
  ///
  /// - Parameters:
  ///   - attempt: what was tried, such as `cannot write '/a/b'`.
  ///   - code: the error number, by default the one that the last call set.
  package static func system(_ attempt: String, code: Int32 = errno) -> Diagnostic {
    let reason = unsafe String(cString: strerror(code))
    let fact = "\(attempt): \(reason.prefix(1).lowercased() + reason.dropFirst())"
    return switch code {
    case ENOSPC, EDQUOT:
      Diagnostic(fact, remedy: "free space on that file system, or choose another with --store")
    case EACCES, EPERM:
      Diagnostic(fact, remedy: "check the owner and the permissions of the file and its folders")
    case EROFS:
      Diagnostic(fact, remedy: "choose a store on a writable file system with --store")
    case EMFILE, ENFILE:
      Diagnostic(fact, remedy: "raise the limit of open files with 'ulimit -n'")
    case EIO:
      Diagnostic(fact, remedy: "the medium may be failing; look into the kernel's log")
    default: Diagnostic(fact)
    }
  }
}
