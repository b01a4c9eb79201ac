extension Feature {
  /// What is made of a cell or a file before a model takes it, in a sentence; nil where values are taken as
  /// they are.
  package var preparation: String? {
    if let text { return text.preparation }
    if let audio { return audio.preparation }
    guard let files else { return nil }
    let colour = shape.first == 1 ? "grey" : "red, green and blue"
    return
      "the picture of a file, \(shape.last ?? 0)x\(shape.dropFirst().first ?? 0) pixels in \(colour), "
      + "brought to that size by '\(files.fit.rawValue)'"
  }
}

extension TextForm {
  fileprivate var preparation: String {
    let known =
      unit == .byte
      ? "a byte is its value and 2" : "\(vocabulary.count) are known by their ids from 2"
    let capitals = isLowercased ? " in small letters" : ""
    return "the first \(length) \(unit.rawValue)s of a text\(capitals), of which \(known); 0 pads"
      + (unit == .byte ? "" : ", 1 is unknown")
  }
}

extension AudioForm {
  fileprivate var preparation: String {
    let samples =
      "the first \(samples) samples of a sound at \(rate) a second, mixed to one channel"
    let spectrum =
      "in windows of \(window) samples (Hann) every \(hop), in \(bands) mel bands (Slaney) of decibels"
    return switch representation {
    case .waveform: samples
    case .logMel: "\(samples), \(spectrum)"
    case .mfcc: "\(samples), \(spectrum), of which \(coefficients) cosines are taken"
    }
  }
}
