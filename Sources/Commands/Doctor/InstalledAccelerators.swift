internal import Artifacts
internal import Hardware

/// The accelerators of a machine for which an engine is installed beside this executable.
struct InstalledAccelerators {
  let devices: [Device]

  init(_ machine: Machine) {
    let engines = OwnProgram.current.placesOfNative("torch/lib/libtorch_cuda.so")
    let hasCUDA = engines.contains { path in (try? FileStatus(of: path, following: true)) != nil }
    devices = machine.accelerators.map(\.device).filter { device in
      if case .cuda = device { hasCUDA } else { false }
    }
  }
}
