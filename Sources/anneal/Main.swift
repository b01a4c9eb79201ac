internal import Commands
internal import FoundationEssentials
internal import Glibc

@main
enum Main {
  static func main() {
    let words = Array(ProcessInfo.processInfo.arguments.dropFirst())
    exit(CommandLine(words).run().rawValue)
  }
}
