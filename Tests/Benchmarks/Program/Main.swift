internal import Benchmarking
internal import Glibc

@main
enum Main {
  static func main() {
    exit(BenchmarkProgram(Array(CommandLine.arguments.dropFirst())).run())
  }
}
