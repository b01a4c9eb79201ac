import CFuzzer
import Dataset
import Diagnostics
import Glibc
import Options
import YAML

/// Feeds hostile files to a source; see `Tests/Campaigns/fuzz-data`.
///
/// The settings of the loading stage stand in `ANNEAL_FUZZ_SETTINGS`, as YAML; the file that they name, in
/// the working directory, is written anew for each input.
@main
enum FuzzData {
  static func main() {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
      unsafe CommandLine.unsafeArgv
    let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
      FuzzData.check(unsafe Array(UnsafeBufferPointer(start: bytes, count: size)))
      return 0
    }
    exit(status)
  }

  private static func check(_ input: [UInt8]) {
    guard let text = unsafe getenv("ANNEAL_FUZZ_SETTINGS").map({ unsafe String(cString: $0) }),
      let node = try? Node(parsing: text, file: "settings"),
      let settings = try? SourceSettings.decode(node), let kind = settings.named.first,
      let name = settings.patterns(of: kind).first?.text
    else { fatalError("ANNEAL_FUZZ_SETTINGS names no file") }
    write(input, to: name)
    var request = RowRequest()
    request.patterns = settings.patterns(of: kind)
    request.task = RowRequest.Task.none
    _ = kind.look(settings, request, FileSearch("."), node)
    do {
      var source = try kind.open(settings, request, FileSearch("."))
      var bad = BadRows(.skip)
      let facts = try source.survey(&bad)
      var rows = 0
      try source.read(&bad, where: { _ in true }) { rows += $0.count }
      precondition(rows <= facts.count || !bad.listed.isEmpty)
      precondition(bad.listed.allSatisfy { !$0.message.isEmpty })
    } catch let problem as Diagnostic {
      precondition(!problem.message.isEmpty)
    } catch let problems as Diagnostics {
      precondition(problems.hasErrors, "a file is refused without an error")
    } catch {
      fatalError("an error that is no diagnostic: \(error)")
    }
  }

  private static func write(_ bytes: [UInt8], to name: String) {
    let file = unsafe open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { fatalError("the input cannot be written") }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      guard count > 0 else { fatalError("the input cannot be written") }
      written += count
    }
    close(file)
  }
}
