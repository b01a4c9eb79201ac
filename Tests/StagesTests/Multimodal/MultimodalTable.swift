import Foundation

@testable import Dataset

/// A small table of pictures, sounds, texts, numbers and categories, of which a row's class takes all: whether
/// the bar of its picture lies or stands, whether its beep is low or high, and whether its text praises.
struct MultimodalTable {
  let rows: Int

  static let header = "photo,beep,note,size,colour,kind"

  /// The settings of a loading stage for it.
  static let settings = """
    csv: data/rows.csv
    target: kind
    features:
      photo: {columns: photo, kind: image, root: data/photos, size: 12, color: grey}
      beep: {columns: beep, kind: audio, rate: 4000, seconds: 0.08, bands: 12}
      note: {columns: note, kind: text, length: 6}
      size: size
      colour: colour
    split: {train: 70%, validation: 10%, test: 20%}
    """

  /// Writes the files below a folder.
  func write(to stage: StageRun) throws {
    var lines = [Self.header]
    for row in 0..<rows {
      try write(row, to: stage)
      lines.append(line(row))
    }
    try stage.write("data/rows.csv", lines.joined(separator: "\n") + "\n")
  }

  /// Every eighth row lacks its text, its number or its category.
  func line(_ row: Int) -> String {
    let isGood = row & 4 != 0
    let words = isGood ? ["fine", "lovely"] : ["bad", "poor"]
    let note = row % 8 == 1 ? "" : "\"a \(words[row % 2]), thing \(row)\""
    let size = row % 8 == 3 ? "" : "\(row % 5).5"
    let colour = row % 8 == 5 ? "" : ["red", "green", "blue"][row % 3]
    return "\(row).png,sounds/\(row).wav,\(note),\(size),\(colour),\(Self.kind(row))"
  }

  /// One of four: the picture tells two from two, and the sound the same otherwise.
  static func kind(_ row: Int) -> String {
    ["ab", "cd"][row & 1] + ["-low", "-high"][row >> 1 & 1]
  }

  private func write(_ row: Int, to stage: StageRun) throws {
    let folder = stage.path + "/data"
    try FileManager.default.createDirectory(
      atPath: folder + "/photos", withIntermediateDirectories: true)
    var pixels = [UInt8](repeating: UInt8(row * 7 % 60), count: 144)
    for place in 0..<144 {
      let (y, x) = (place / 12, place % 12)
      let across = row & 1 == 0 ? y : x
      if abs(across - 3 - row % 6) <= 1 { pixels[place] = 220 }
    }
    try ImageCodec.writePNG(
      pixels, of: Picture(channels: 1, height: 12, width: 12),
      to: folder + "/photos/\(row).png")
    let pitch = (row >> 1 & 1 == 0 ? 300.0 : 900.0) + Double(row % 7) * 15
    let samples = (0..<320).map { place in
      Int16(12_000 * sin(2 * .pi * pitch * Double(place) / 4000 + Double(row)))
    }
    try stage.write("data/sounds/\(row).wav", Self.wav(samples))
  }

  /// A WAV file of 4000 samples a second.
  static func wav(_ samples: [Int16]) -> [UInt8] {
    func number(_ value: some FixedWidthInteger) -> [UInt8] {
      (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    let data = samples.flatMap { number($0) }
    let format =
      number(UInt16(1)) + number(UInt16(1)) + number(UInt32(4000)) + number(UInt32(8000))
      + number(UInt16(2)) + number(UInt16(16))
    let chunks =
      Array("WAVEfmt ".utf8) + number(UInt32(16)) + format + Array("data".utf8)
      + number(UInt32(data.count)) + data
    return Array("RIFF".utf8) + number(UInt32(chunks.count)) + chunks
  }
}
