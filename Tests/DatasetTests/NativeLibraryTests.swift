import Foundation
import Testing

/// What the native libraries bring along when they are opened.
@Suite struct NativeLibraryTests {
  private func needs(_ library: String, _ other: String) throws -> Bool {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let file = program.deletingLastPathComponent().appending(path: library)
    return try Data(contentsOf: file).range(of: Data(other.utf8)) != nil
  }

  @Test func `who reads a table does not wait for the libraries of images and sounds`() throws {
    #expect(try needs("libAnnealData.so", "libarrow.so"))
    for other in ["libopencv_core.so", "libjpeg.so", "libsndfile.so"] {
      #expect(try !needs("libAnnealData.so", other))
      #expect(try needs("libAnnealMedia.so", other))
    }
  }

  @Test(arguments: ["libAnnealData.so", "libAnnealMedia.so"])
  func `no library brings a second Swift runtime`(library: String) throws {
    #expect(try !needs(library, "libswiftCore.so"))
  }
}
