#include "Sound.h"

#include <sndfile.h>
#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>

#include "Guard.h"

namespace anneal {

namespace {

constexpr int maximumChannels = 256;
constexpr int maximumRate = 1 << 20;

/// A rate that is so many times another is not brought to it.
constexpr int mostRatio = 256;

/// Beyond what resampling looks at to either side of a sample, in samples of the lower rate.
constexpr int64_t margin = 512;

/// The bytes of a file or of memory, at any place.
class Bytes {
 public:
  explicit Bytes(const SoundPlace &place) : memory(place.bytes), length(place.size) {
    if (place.path == nullptr) return;
    file.reset(std::fopen(place.path, "rb"));
    if (file == nullptr) {
      failSystem("the file cannot be opened");
    }
    if (fseeko(file.get(), 0, SEEK_END) != 0) fail("the file has no end");
    length = ftello(file.get());
  }

  int64_t size() const { return length; }
  int64_t place() const { return position; }

  int64_t seek(int64_t offset, int whence) {
    const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position : length;
    if (__builtin_add_overflow(base, offset, &position)) position = length;
    position = std::clamp<int64_t>(position, 0, length);
    return position;
  }

  int64_t read(void *out, int64_t count) {
    count = std::clamp<int64_t>(count, 0, length - position);
    if (file != nullptr) {
      if (fseeko(file.get(), position, SEEK_SET) != 0) return 0;
      count = static_cast<int64_t>(std::fread(out, 1, static_cast<size_t>(count), file.get()));
    } else if (count > 0) {
      std::memcpy(out, memory + position, static_cast<size_t>(count));
    }
    position += count;
    return count;
  }

 private:
  struct Closing {
    void operator()(std::FILE *file) const { std::fclose(file); }
  };
  const uint8_t *memory;
  int64_t length;
  int64_t position = 0;
  std::unique_ptr<std::FILE, Closing> file;
};

uint32_t number(const uint8_t *bytes, int count, bool isBig) {
  uint32_t value = 0;
  for (int index = 0; index < count; ++index) {
    value = value << 8 | bytes[isBig ? index : count - 1 - index];
  }
  return value;
}

/// Looks through the chunks of a WAV or AIFF file before the library does: what it takes for the end of the
/// sound where a header lies or the file is cut is told here, and codecs that hardly anybody uses are not
/// started on bytes that nobody can trust.
void checkChunks(Bytes &bytes, bool isBig) {
  bytes.seek(12, SEEK_SET);
  uint8_t head[8];
  // Chunks beside those of format and sound are notes of programs; thousands of them are none.
  for (int chunk = 0; chunk < 1000; ++chunk) {
    if (bytes.read(head, 8) < 8) fail("the file is cut short: it ends before its sound");
    const uint32_t size = number(head + 4, 4, isBig);
    const int64_t start = bytes.place();
    const bool isSound = std::memcmp(head, isBig ? "SSND" : "data", 4) == 0;
    if (isSound) {
      // Programs that write to a pipe cannot know the size, and leave it open.
      const bool isOpen = !isBig && (size == 0 || size >= 0xfffffff0u);
      if (!isOpen && start + int64_t{size} > bytes.size()) {
        fail(
            "the file is cut short: its header promises " + std::to_string(size)
            + " bytes of sound, and " + std::to_string(bytes.size() - start) + " are there");
      }
      return;
    }
    if (!isBig && std::memcmp(head, "fmt ", 4) == 0) {
      uint8_t format[26] = {};
      bytes.read(format, std::min<int64_t>(size, sizeof format));
      uint32_t tag = number(format, 2, false);
      if (tag == 0xfffe) tag = number(format + 24, 2, false);
      if (tag != 1 && tag != 3 && tag != 6 && tag != 7) {
        fail(
            "the sound is coded in the WAV format " + std::to_string(tag)
            + ", which is not read: PCM, floating point, A-law and mu-law are");
      }
    }
    if (start + int64_t{size} > bytes.size()) fail("the file is cut short: it ends in its header");
    bytes.seek(start + int64_t{size} + (size & 1), SEEK_SET);
  }
  fail("the header has more than 1000 chunks");
}

int32_t formatOf(Bytes &bytes) {
  uint8_t start[12] = {};
  const int64_t count = bytes.read(start, sizeof start);
  const auto is = [&](const char *text, int at) {
    return std::memcmp(start + at, text, std::strlen(text)) == 0;
  };
  if (count == 0) fail("the file is empty");
  if ((is("RIFF", 0) || is("RF64", 0)) && is("WAVE", 8)) return ANNEAL_DATA_WAV;
  if (is("FORM", 0) && (is("AIFF", 8) || is("AIFC", 8))) return ANNEAL_DATA_AIFF;
  if (is("fLaC", 0)) return ANNEAL_DATA_FLAC;
  if (is("OggS", 0)) return ANNEAL_DATA_OGG;
  if (is("ID3", 0) || (start[0] == 0xff && (start[1] & 0xe6) == 0xe2)) {
    fail("the content is MP3, which is not read");
  }
  fail("the content is none of WAV, FLAC, Ogg and AIFF");
}

bool isRead(int format) {
  switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8:
    case SF_FORMAT_PCM_16:
    case SF_FORMAT_PCM_24:
    case SF_FORMAT_PCM_32:
    case SF_FORMAT_FLOAT:
    case SF_FORMAT_DOUBLE:
    case SF_FORMAT_ULAW:
    case SF_FORMAT_ALAW:
    case SF_FORMAT_VORBIS:
    case SF_FORMAT_OPUS: return true;
    default: return false;
  }
}

/// An open sound, checked before anything of it is decoded.
class Sound {
 public:
  explicit Sound(const SoundPlace &place) : bytes(place) {
    kind = formatOf(bytes);
    if (kind == ANNEAL_DATA_WAV || kind == ANNEAL_DATA_AIFF) {
      checkChunks(bytes, kind == ANNEAL_DATA_AIFF);
    }
    bytes.seek(0, SEEK_SET);
    SF_VIRTUAL_IO access = {length, seek, read, write, tell};
    file.reset(sf_open_virtual(&access, SFM_READ, &info, this));
    if (file == nullptr) fail(std::string("the sound cannot be read: ") + sf_strerror(nullptr));
    if (!isRead(info.format)) fail("the sound is coded in a way that is not read");
    if (info.channels < 1 || info.channels > maximumChannels) {
      fail("the sound claims " + std::to_string(info.channels) + " channels");
    }
    if (info.samplerate < 1 || info.samplerate > maximumRate) {
      fail("the sound claims " + std::to_string(info.samplerate) + " samples a second");
    }
    if (info.frames < 0) fail("the sound claims a negative length");
  }

  AnnealDataSoundInfo summary() const {
    return {kind, info.samplerate, info.channels, info.frames};
  }

  int rate() const { return info.samplerate; }

  /// The mean of the channels of the first `count` frames, fewer where there are fewer.
  std::vector<float> mono(int64_t count) {
    const int64_t promised = std::min<int64_t>(count, info.frames);
    std::vector<float> samples;
    std::vector<float> frames(static_cast<size_t>(block) * static_cast<size_t>(info.channels));
    while (static_cast<int64_t>(samples.size()) < promised) {
      const int64_t wanted =
          std::min<int64_t>(block, promised - static_cast<int64_t>(samples.size()));
      const int64_t got = sf_readf_float(file.get(), frames.data(), wanted);
      if (got <= 0) break;
      for (int64_t frame = 0; frame < got; ++frame) {
        double sum = 0;
        for (int channel = 0; channel < info.channels; ++channel) {
          sum += frames[static_cast<size_t>(frame * info.channels + channel)];
        }
        samples.push_back(static_cast<float>(sum / info.channels));
      }
    }
    // A compressed sound without an end is one of which nobody knows the length.
    const bool isKnown = info.frames < int64_t{1} << 62;
    if (isKnown && static_cast<int64_t>(samples.size()) < promised) {
      fail(
          "the sound is damaged or cut short: " + std::to_string(samples.size()) + " of "
          + std::to_string(info.frames) + " frames can be read");
    }
    for (float sample : samples) {
      if (!std::isfinite(sample)) fail("the sound has a sample that is no finite number");
    }
    return samples;
  }

 private:
  static constexpr int64_t block = 4096;

  static Bytes &of(void *user) { return static_cast<Sound *>(user)->bytes; }
  static sf_count_t length(void *user) { return of(user).size(); }
  static sf_count_t seek(sf_count_t offset, int whence, void *user) {
    return of(user).seek(offset, whence);
  }
  static sf_count_t read(void *out, sf_count_t count, void *user) {
    return of(user).read(out, count);
  }
  static sf_count_t write(const void *, sf_count_t, void *) { return 0; }
  static sf_count_t tell(void *user) { return of(user).place(); }

  struct Closing {
    void operator()(SNDFILE *file) const { sf_close(file); }
  };
  Bytes bytes;
  SF_INFO info = {};
  int32_t kind;
  std::unique_ptr<SNDFILE, Closing> file;
};

/// Resamples by a windowed sinc (libsoxr, HQ: a passband to 91% of the lower rate's half, and 20 bits).
///
/// Of the result no more than `most` samples are made.
std::vector<float> resampled(const std::vector<float> &in, int from, int to, int64_t most) {
  if (from == to || in.empty()) return in;
  const double length = std::ceil(static_cast<double>(in.size()) * to / from);
  std::vector<float> out(static_cast<size_t>(std::min(length, static_cast<double>(most))));
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  size_t done = 0;
  const soxr_error_t error = soxr_oneshot(
      from, to, 1, in.data(), in.size(), nullptr, out.data(), out.size(), &done, nullptr, &quality,
      nullptr);
  if (error != nullptr) fail(std::string("the sound cannot be resampled: ") + error);
  out.resize(done);
  return out;
}

}  // namespace

AnnealDataSoundInfo probeSound(const SoundPlace &place) { return Sound(place).summary(); }

std::vector<float> soundSamples(const SoundPlace &place, int32_t rate, int64_t samples) {
  Sound sound(place);
  const int own = sound.rate();
  if (own / rate > mostRatio || rate / own > mostRatio) {
    fail(
        "a sound of " + std::to_string(own) + " samples a second is not brought to "
        + std::to_string(rate));
  }
  const double frames = std::ceil(static_cast<double>(samples) * own / rate);
  const int64_t beyond = margin * std::max(1, own / rate);
  auto made =
      resampled(sound.mono(static_cast<int64_t>(frames) + beyond), own, rate, samples);
  made.resize(static_cast<size_t>(samples), 0.0f);
  return made;
}

}  // namespace anneal
