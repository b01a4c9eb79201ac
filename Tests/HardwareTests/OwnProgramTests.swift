import FoundationEssentials
import Testing

@testable import Hardware

struct OwnProgramTests {
  private let built = OwnProgram(path: "/a/tree/.build/debug/anneal")

  @Test func `The current one is the file of the tests' program`() {
    #expect(FileManager.default.isExecutableFile(atPath: OwnProgram.current.path))
  }

  @Test func `Libraries lie beside the program or in an installation's folder`() {
    #expect(built.libraryFolders == ["/a/tree/.build/debug", "/a/tree/.build/debug/../lib"])
  }

  @Test func `What set-up unpacked is looked for in each folder above`() {
    #expect(
      built.placesOfNative("torch/lib") == [
        "/a/tree/.build/debug/../lib/torch/lib", "/a/tree/.build/debug/.deps/torch/lib",
        "/a/tree/.build/.deps/torch/lib", "/a/tree/.deps/torch/lib", "/a/.deps/torch/lib",
      ])
  }
}
