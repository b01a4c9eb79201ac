import Diagnostics
import Testing
import YAML

@testable import Dataset

/// Sounds against librosa; Tests/References/audio.py states the tolerances.
@Suite struct AudioCodecTests {
  private let sounds: [Value]
  private let spectra: [Value]

  init() throws {
    let reference = try Reference.read("audio")
    sounds = try #require(reference["sounds"]?.array)
    spectra = try #require(reference["spectra"]?.array)
  }

  @Test func `decodes WAV, FLAC, Ogg and AIFF as libsndfile does, mixed to one channel`() throws {
    for sound in sounds {
      let name = sound["name"]?.string ?? ""
      let file = AudioCodec.Place.bytes(try sound.bytes("file"))
      let info = try AudioCodec.probe(file)
      #expect(info.format.rawValue == sound["format"]?.string, "\(name)")
      #expect(info.rate == sound["rate"]?.int && info.channels == sound["channels"]?.int)
      #expect(info.frames == sound["frames"]?.int, "\(name)")
      let form = AudioForm.waveform(rate: info.rate, samples: info.frames)
      let difference = largestDifference(
        try AudioCodec.features(of: file, as: form), try sound.floats("mono"))
      #expect(difference <= (name == "vorbis" ? 1e-4 : 1e-6), "\(name)")
    }
  }

  @Test func `resamples as librosa does`() throws {
    for sound in sounds where sound["resampled"] != nil {
      let expected = try sound.floats("resampled")
      let form = AudioForm.waveform(rate: 8000, samples: expected.count)
      let samples = try AudioCodec.features(of: .bytes(sound.bytes("file")), as: form)
      #expect(largestDifference(samples, expected) <= 1e-5, "\(sound["name"]?.string ?? "")")
    }
  }

  @Test func `cuts long sounds and pads short ones with silence`() throws {
    let file = AudioCodec.Place.bytes(try sounds[0].bytes("file"))
    let whole = try sounds[0].floats("mono")
    let cut = try AudioCodec.features(of: file, as: .waveform(rate: 8000, samples: 100))
    #expect(cut == Array(whole.prefix(100)))
    let padded = try AudioCodec.features(of: file, as: .waveform(rate: 8000, samples: 1000))
    #expect(padded == whole + [Float](repeating: 0, count: 1000 - whole.count))
  }

  @Test func `makes log-mel spectra and cepstra as librosa does`() throws {
    for spectrum in spectra {
      let name = spectrum["name"]?.string ?? ""
      let samples = try spectrum.floats("samples")
      var form = AudioForm(
        .logMel, rate: 8000, samples: samples.count, window: spectrum["window"]?.int ?? 0,
        hop: spectrum["hop"]?.int ?? 0, bands: spectrum["bands"]?.int ?? 0,
        coefficients: spectrum["coefficients"]?.int ?? 0)
      #expect(form.frames == spectrum["frames"]?.int)
      let file = AudioCodec.Place.bytes(WAVFile(samples, rate: 8000).bytes)
      let expected = try spectrum.floats("log-mel")
      let values = try AudioCodec.features(of: file, as: form)
      let loud = expected.indices.filter { expected[$0] > -60 }
      #expect(
        largestDifference(loud.map { values[$0] }, loud.map { expected[$0] }) <= 0.01, "\(name)")
      #expect(values.allSatisfy { $0 >= -100 })
      form.representation = .mfcc
      let cosines = try AudioCodec.features(of: file, as: form)
      #expect(largestDifference(cosines, try spectrum.floats("mfcc")) <= 0.05, "\(name)")
    }
  }

  @Test(arguments: AudioForm.Representation.allCases)
  func `knows what silence gives`(representation: AudioForm.Representation) throws {
    let form = AudioForm(
      representation, rate: 8000, samples: 800, window: 200, hop: 80, bands: 16, coefficients: 5)
    let silent = WAVFile([Float](repeating: 0, count: 10), rate: 8000)
    let values = try AudioCodec.features(of: .bytes(silent.bytes), as: form)
    #expect(values.count == form.shape.reduce(1, *))
    #expect(largestDifference(values, form.silence) < 1e-3)
  }

  @Test(arguments: [
    ("", "the file is empty"), ("hello, world", "the content is none of WAV, FLAC, Ogg and AIFF"),
    ("ID3\u{3}music", "the content is MP3, which is not read"),
  ])
  func `names what is no sound`(text: String, fact: String) throws {
    let thrown = #expect(throws: Diagnostic.self) { try AudioCodec.probe(.bytes(Array(text.utf8))) }
    #expect(thrown?.message == fact)
  }

  @Test func `refuses WAV headers that lie`() throws {
    let wav = WAVFile([Float](repeating: 0.25, count: 100), rate: 8000)
    func problem(_ change: (inout WAVFile) -> Void) -> String? {
      var changed = wav
      change(&changed)
      do throws(Diagnostic) {
        _ = try AudioCodec.features(
          of: .bytes(changed.bytes), as: .waveform(rate: 8000, samples: 50))
        return nil
      } catch {
        return error.message
      }
    }
    #expect(problem { _ in } == nil)
    #expect(
      problem { $0.claimedSize = 4_000_000_000 }
        == "the file is cut short: its header promises 4000000000 bytes of sound, and 400 are there"
    )
    // A program that wrote to a pipe could not know how long the sound is.
    #expect(problem { $0.claimedSize = 0xffff_ffff } == nil)
    #expect(problem { $0.channels = 0 } != nil)
    #expect(problem { $0.channels = 65_535 } != nil)
    #expect(problem { $0.rate = 0 } != nil)
    #expect(problem { $0.rate = 2_000_000_000 } != nil)
    #expect(
      problem { $0.tag = 2 }
        == "the sound is coded in the WAV format 2, which is not read: PCM, floating point, A-law and "
        + "mu-law are")
    #expect(
      problem { $0.samples[3] = .nan } == "the sound has a sample that is no finite number")
  }

  @Test func `survives truncation at every byte and says so`() throws {
    let form = AudioForm.waveform(rate: 8000, samples: 2000)
    for sound in sounds {
      let bytes = try sound.bytes("file")
      for end in bytes.indices.dropLast() {
        let cut = AudioCodec.Place.bytes(Array(bytes[..<end]))
        let values = try? AudioCodec.features(of: cut, as: form)
        // A page of Ogg that lacks is an end; of all others the header tells how much there has to be.
        #expect(
          values == nil || sound["format"]?.string == "ogg", "\(sound["name"] ?? "") at \(end)")
      }
    }
  }
}

extension AudioForm {
  static func waveform(rate: Int, samples: Int) -> AudioForm {
    AudioForm(
      .waveform, rate: rate, samples: samples, window: 200, hop: 80, bands: 16, coefficients: 5)
  }
}

/// A WAV file of 32-bit floats, whose header may say anything.
struct WAVFile {
  var samples: [Float]
  var rate: UInt32
  var channels: UInt16 = 1
  var tag: UInt16 = 3
  var claimedSize: UInt32

  init(_ samples: [Float], rate: Int) {
    self.samples = samples
    self.rate = UInt32(rate)
    claimedSize = UInt32(4 * samples.count)
  }

  var bytes: [UInt8] {
    func number(_ value: some FixedWidthInteger) -> [UInt8] {
      (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    let format =
      number(tag) + number(channels) + number(rate) + number(rate &* 4) + number(UInt16(4))
      + number(UInt16(32))
    let data = samples.flatMap { number($0.bitPattern) }
    let chunks =
      Array("WAVEfmt ".utf8) + number(UInt32(16)) + format + Array("data".utf8)
      + number(claimedSize) + data
    return Array("RIFF".utf8) + number(UInt32(chunks.count)) + chunks
  }
}

extension Value {
  /// Little-endian 32-bit floats in base 64.
  func floats(_ key: String) throws -> [Float] {
    let bytes = try bytes(key)
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
      return Float(bitPattern: bits)
    }
  }
}

/// The largest distance of two numbers at the same place.
func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).map { abs($0 - $1) }.max() ?? 0
}
