internal import Artifacts
internal import Foundation
internal import Hardware

/// The accelerators of a machine for which an engine is installed beside this executable.
struct InstalledAccelerators {
  let devices: [Device]

  init(_ machine: Machine) {
    let hasCUDA = Self.folders.contains { folder in
      FileManager.default.fileExists(atPath: folder + "/libtorch_cuda.so")
    }
    devices = machine.accelerators.map(\.device).filter { device in
      if case .cuda = device { hasCUDA } else { false }
    }
  }

  /// Where libtorch may lie: below `.deps` of the checkout, or beside an installed executable.
  private static var folders: [String] {
    let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
    var folders = [executable.parentPath.parentPath + "/lib/torch/lib"]
    var above = executable.parentPath
    while above != "/", above != "." {
      folders.append(above + "/.deps/torch/lib")
      above = above.parentPath
    }
    return folders
  }
}
