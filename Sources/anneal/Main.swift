internal import Commands
internal import Foundation

@main
enum Main {
  static func main() {
    let words = Array(ProcessInfo.processInfo.arguments.dropFirst())
    exit(CommandLine(words).run().rawValue)
  }
}
