internal import Glibc

/// A program's file, and where what is installed with it may lie.
package struct OwnProgram {
  /// The running program, links resolved.
  package static let current = OwnProgram(path: currentPath)

  package let path: String

  /// The folders that may hold the package's own libraries: the program's, as a build leaves it, and
  /// `../lib`, as an installation does.
  package var libraryFolders: [String] {
    [folder, folder + "/../lib"]
  }

  /// The paths that a part of the unpacked native libraries may have, such as `torch/lib`: in `../lib`
  /// of an installed program, and in `.deps` of the checkout that holds a built one.
  package func placesOfNative(_ part: String) -> [String] {
    var places = ["\(folder)/../lib/\(part)"]
    var above = folder[...]
    while let slash = above.lastIndex(of: "/") {
      places.append("\(above)/.deps/\(part)")
      above = above[..<slash]
    }
    return places
  }

  private var folder: String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  private static var currentPath: String {
    let link = "/proc/self/exe"
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = unsafe buffer.withUnsafeMutableBytes { bytes in
      let room = unsafe bytes.bindMemory(to: CChar.self)
      guard let start = room.baseAddress else { return -1 }
      return unsafe readlink(link, start, room.count)
    }
    return length > 0 ? String(decoding: buffer.prefix(length), as: UTF8.self) : link
  }
}
