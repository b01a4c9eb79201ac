internal import CData
package import Diagnostics

/// Reads sounds and makes features of them.
package enum AudioCodec {
  /// What a sound's header says.
  package struct Info: Hashable, Sendable {
    package enum Format: String, Sendable { case wav, flac, ogg, aiff }

    package var format: Format
    package var rate: Int
    package var channels: Int

    /// How many samples each channel has.
    package var frames: Int

    package var seconds: Double { Double(frames) / Double(rate) }
  }

  /// Where a sound is.
  package enum Place {
    case file(String)
    case bytes([UInt8])
  }

  /// Tells what a sound is, by its content.
  ///
  /// - Throws: A `Diagnostic` with the cause where it is no sound that is read, or is cut short.
  package static func probe(_ place: Place) throws(Diagnostic) -> Info {
    let functions = try MediaEngine.functions()
    var info = AnnealDataSoundInfo()
    let status =
      switch place {
      case .file(let path): unsafe functions.sound_probe(path, nil, 0, &info)
      case .bytes(let bytes): unsafe functions.sound_probe(nil, bytes, Int64(bytes.count), &info)
      }
    try MediaEngine.check(status)
    let format: Info.Format =
      switch info.format {
      case Int32(ANNEAL_DATA_FLAC.rawValue): .flac
      case Int32(ANNEAL_DATA_OGG.rawValue): .ogg
      case Int32(ANNEAL_DATA_AIFF.rawValue): .aiff
      default: .wav
      }
    return Info(
      format: format, rate: Int(info.rate), channels: Int(info.channels), frames: Int(info.frames))
  }

  /// The features of a sound, as many as the form's shape has elements.
  package static func features(
    of place: Place, as form: AudioForm
  ) throws(Diagnostic) -> [Float] {
    let functions = try MediaEngine.functions()
    var native = form.native
    var values = [Float](repeating: 0, count: form.shape.reduce(1, *))
    let status =
      switch place {
      case .file(let path): unsafe functions.sound_decode(path, nil, 0, &native, &values)
      case .bytes(let bytes):
        unsafe functions.sound_decode(nil, bytes, Int64(bytes.count), &native, &values)
      }
    try MediaEngine.check(status)
    return values
  }
}

extension AudioForm {
  /// The features of silence.
  var silence: [Float] {
    switch representation {
    case .waveform: [Float](repeating: 0, count: samples)
    case .logMel: [Float](repeating: -100, count: bands * frames)
    case .mfcc:
      // All bands are alike, so that the first coefficient is all there is of them.
      [Float](repeating: Float(-100 * Double(bands).squareRoot()), count: frames)
        + [Float](repeating: 0, count: (coefficients - 1) * frames)
    }
  }

  fileprivate var native: AnnealDataSoundForm {
    let features =
      switch representation {
      case .logMel: ANNEAL_DATA_LOG_MEL
      case .mfcc: ANNEAL_DATA_MFCC
      case .waveform: ANNEAL_DATA_WAVEFORM
      }
    return AnnealDataSoundForm(
      rate: Int32(clamping: rate), samples: Int64(samples), features: Int32(features.rawValue),
      window: Int32(clamping: window), hop: Int32(clamping: hop), bands: Int32(clamping: bands),
      coefficients: Int32(clamping: coefficients))
  }
}
