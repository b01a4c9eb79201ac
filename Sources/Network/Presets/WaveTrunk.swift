import Diagnostics

/// Convolutions over the samples of a waveform `[1, samples]`, as over an image of one row (Dai et al. 2017).
///
/// The first kernel takes 80 samples at a stride of 4, the others 3; each is normalised and shortens the
/// sound to a quarter by the largest values.
struct WaveTrunk {
  var channels = [32, 64, 128]

  func add(
    _ builder: inout NetworkBuilder, _ sound: NetworkInput, _ prefix: String
  ) throws(Diagnostic) -> String {
    let shape = sound.shape
    var last = try builder.add(
      "\(prefix)row", Reshape([shape[0], 1, shape[1]]), to: sound.name)
    for (index, width) in channels.enumerated() {
      let name = "\(prefix)stage\(index + 1)"
      last = try builder.addNormedConvolution(
        name, convolution(index, width, over: builder.shape(of: last)[2]), to: last)
      if builder.shape(of: last)[2] >= 4 {
        var pool = Pool(.max, kernel: 4)
        pool.kernel = Extent(1, 4)
        last = try builder.add("\(name).pool", pool, to: last)
      }
    }
    return try builder.add("\(prefix)mean", GlobalPool(), to: last)
  }

  private func convolution(_ index: Int, _ channels: Int, over samples: Int) -> Convolution {
    let isFirst = index == 0 && samples >= 80
    var convolution = Convolution(channels: channels, kernel: 1, hasBias: false)
    convolution.kernel = Extent(1, isFirst ? 80 : 3)
    convolution.stride = Extent(1, isFirst ? 4 : 1)
    convolution.padding = Extent(0, isFirst ? 38 : 1)
    return convolution
  }
}
