internal import Learning
internal import Options

extension Train.Settings {
  /// All patterns of layers, each with the setting that has it.
  var patterns: [LayerSetting.Entry] {
    freeze.map { (.freeze, $0) } + LayerRates(layerRates).patterns.map { (.layerRates, $0) }
      + (initialize?.layers ?? []).map { (.initialize, $0) }
  }
}
