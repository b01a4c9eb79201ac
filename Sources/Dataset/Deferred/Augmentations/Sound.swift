/// A sound's row as steps of it see it: `[1, bands, frames]` or `[1, samples]`, time last.
struct Sound {
  let bands: Int
  let frames: Int

  /// The value of no sound: 0, or the least decibels of a spectrum.
  let silence: Float
  let isDecibels: Bool

  init(_ feature: Feature) {
    let representation = feature.audio?.representation
    frames = feature.shape.last ?? 1
    bands = feature.width / max(1, frames)
    isDecibels = representation == .logMel
    silence = isDecibels ? -100 : 0
  }
}
