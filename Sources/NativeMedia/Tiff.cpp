// TIFF through libtiff: the first page, in strips or tiles. Where 16 bits are to be kept, samples are read
// as they are stored; otherwise libtiff brings every kind of picture to 8 bits of RGB and alpha.

#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "Guard.h"
#include "Image.h"
#include "RowTaker.h"

namespace anneal {

namespace {

/// No more is held at once of a file, whatever its header says.
constexpr int64_t mostMemory = int64_t{1} << 29;

/// The bytes of a file that libtiff reads, and its first complaint.
struct Source {
  ImageBytes bytes;
  int64_t position = 0;
  std::string reason;

  static Source &of(void *source) { return *static_cast<Source *>(source); }

  static tmsize_t read(thandle_t handle, void *out, tmsize_t count) {
    Source &source = of(handle);
    const int64_t rest = std::max<int64_t>(0, source.bytes.size - source.position);
    const int64_t taken = std::min<int64_t>(count, rest);
    if (taken > 0) std::memcpy(out, source.bytes.data + source.position, size_t(taken));
    source.position += taken;
    return taken;
  }

  static tmsize_t write(thandle_t, void *, tmsize_t) { return 0; }

  static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    Source &source = of(handle);
    const int64_t base = whence == SEEK_CUR   ? source.position
                         : whence == SEEK_END ? source.bytes.size
                                              : 0;
    int64_t place = 0;
    if (__builtin_add_overflow(base, static_cast<int64_t>(offset), &place) || place < 0) {
      return static_cast<toff_t>(-1);
    }
    source.position = place;
    return static_cast<toff_t>(place);
  }

  static toff_t size(thandle_t handle) { return static_cast<toff_t>(of(handle).bytes.size); }
  static int close(thandle_t) { return 0; }

  // Mapped, so that nothing is copied; version 4.5.0 refuses tiles that are not compressed otherwise.
  static int map(thandle_t handle, void **base, toff_t *size) {
    // libtiff only reads what it maps of a file opened for reading.
    *base = const_cast<uint8_t *>(of(handle).bytes.data);
    *size = static_cast<toff_t>(of(handle).bytes.size);
    return 1;
  }
  static void unmap(thandle_t, void *, toff_t) {}

  static int onError(
      TIFF *, void *data, const char *module, const char *format, va_list arguments) {
    Source &source = of(data);
    char text[200];
    std::vsnprintf(text, sizeof text, format, arguments);
    // Code that repeats an error says less.
    if (source.reason.empty()) source.reason = module == nullptr ? text : std::string(text);
    return 1;
  }
  static int onWarning(TIFF *, void *, const char *, const char *, va_list) { return 1; }
};

struct Page {
  Source source;
  TIFF *file = nullptr;
  uint32_t width = 0, height = 0;
  uint16_t bits = 1, samples = 1, photometric = 0, format = SAMPLEFORMAT_UINT, planes = 1;

  explicit Page(ImageBytes bytes) : source{bytes, 0, {}} {
    const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(
        TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree);
    if (options == nullptr) throw std::bad_alloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), mostMemory);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), Source::onError, &source);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), Source::onWarning, &source);
    file = TIFFClientOpenExt(
        "TIFF", "r", &source, Source::read, Source::write, Source::seek, Source::close,
        Source::size, Source::map, Source::unmap, options.get());
    if (file == nullptr) damaged();
  }
  ~Page() {
    if (file != nullptr) TIFFClose(file);
  }
  Page(const Page &) = delete;
  Page &operator=(const Page &) = delete;

  void readHeader() {
    if (TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width) == 0
        || TIFFGetField(file, TIFFTAG_IMAGELENGTH, &height) == 0) {
      fail("the TIFF is damaged: it does not say how large it is");
    }
    checkPixels(width, height, mostPixels);
    TIFFGetFieldDefaulted(file, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLEFORMAT, &format);
    TIFFGetFieldDefaulted(file, TIFFTAG_PLANARCONFIG, &planes);
    TIFFGetField(file, TIFFTAG_PHOTOMETRIC, &photometric);
    checkCompression();
  }

  bool isGrey() const {
    return photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
  }

  bool hasAlpha() const {
    return isAlphaMultiplied() || firstExtra() == EXTRASAMPLE_UNASSALPHA;
  }

  bool isAlphaMultiplied() const { return firstExtra() == EXTRASAMPLE_ASSOCALPHA; }

  [[noreturn]] void damaged() const {
    fail("the TIFF is damaged: " + (source.reason.empty() ? "no reason given" : source.reason));
  }

 private:
  /// What the first sample behind the colours means.
  uint16_t firstExtra() const {
    uint16_t count = 0, *kinds = nullptr;
    TIFFGetFieldDefaulted(file, TIFFTAG_EXTRASAMPLES, &count, &kinds);
    return count > 0 ? kinds[0] : uint16_t{EXTRASAMPLE_UNSPECIFIED};
  }

  /// Formats that libtiff knows well enough for untrusted files.
  void checkCompression() const {
    uint16_t compression = COMPRESSION_NONE;
    TIFFGetFieldDefaulted(file, TIFFTAG_COMPRESSION, &compression);
    switch (compression) {
      case COMPRESSION_NONE:
      case COMPRESSION_CCITTRLE:
      case COMPRESSION_CCITTFAX3:
      case COMPRESSION_CCITTFAX4:
      case COMPRESSION_LZW:
      case COMPRESSION_JPEG:
      case COMPRESSION_ADOBE_DEFLATE:
      case COMPRESSION_DEFLATE:
      case COMPRESSION_PACKBITS:
      case COMPRESSION_LZMA:
      case COMPRESSION_ZSTD:
      case COMPRESSION_WEBP: return;
      default:
        fail("the TIFF is compressed in the form " + std::to_string(compression)
             + ", which is not read");
    }
  }
};

/// How many rows are decoded together: those of a strip or of a row of tiles.
uint32_t bandHeight(const Page &page) {
  uint32_t rows = page.height;
  TIFFGetFieldDefaulted(
      page.file, TIFFIsTiled(page.file) ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, &rows);
  rows = std::clamp(rows, 1U, page.height);
  checkPixels(page.width, rows, mostPixelsHeld);
  return rows;
}

/// Gives 8 bits of RGB and alpha, which libtiff has multiplied into the colours.
void decodeColours(Page &page, RowTaker &rows) {
  char reason[1024] = "";
  TIFFRGBAImage image;
  if (TIFFRGBAImageBegin(&image, page.file, 1, reason) == 0) {
    fail(std::string("the TIFF is of a kind that is not read: ") + reason);
  }
  const std::unique_ptr<TIFFRGBAImage, decltype(&TIFFRGBAImageEnd)> owner(&image, TIFFRGBAImageEnd);
  // The caller turns the picture.
  image.orientation = image.req_orientation = ORIENTATION_TOPLEFT;
  const uint32_t band = bandHeight(page);
  const bool isTransparent = image.alpha != 0;
  std::vector<uint32_t> pixels(size_t(page.width) * band);
  std::vector<uint8_t> row(size_t(page.width) * 4);
  for (uint32_t top = 0; top < page.height; top += band) {
    const uint32_t height = std::min(band, page.height - top);
    image.row_offset = static_cast<int>(top);
    image.col_offset = 0;
    if (TIFFRGBAImageGet(&image, pixels.data(), page.width, height) == 0) page.damaged();
    for (uint32_t line = 0; line < height; ++line) {
      const uint32_t *in = pixels.data() + size_t(line) * page.width;
      uint8_t *out = row.data();
      for (uint32_t column = 0; column < page.width; ++column) {
        const uint32_t alpha = TIFFGetA(in[column]);
        const uint32_t samples[3] = {
            TIFFGetR(in[column]), TIFFGetG(in[column]), TIFFGetB(in[column])};
        for (const uint32_t sample : samples) {
          *out++ = isTransparent && alpha > 0
                       ? static_cast<uint8_t>(std::min(255U, (sample * 255 + alpha / 2) / alpha))
                       : static_cast<uint8_t>(sample);
        }
        if (isTransparent) *out++ = static_cast<uint8_t>(alpha);
      }
      rows.take(row.data(), isTransparent ? 4 : 3);
    }
  }
}

/// Gives the samples of 16 bits as they are stored.
void decodeDeep(Page &page, RowTaker &rows) {
  const bool isKnown = (page.isGrey() || page.photometric == PHOTOMETRIC_RGB)
                       && page.format == SAMPLEFORMAT_UINT
                       && (page.planes == PLANARCONFIG_CONTIG || page.samples == 1);
  const int colours = page.isGrey() ? 1 : 3;
  if (!isKnown || page.samples < colours + (page.hasAlpha() ? 1 : 0) || page.samples > 8) {
    fail("the TIFF's 16 bits are stored in a form that is not read");
  }
  const uint32_t band = bandHeight(page);
  const bool isTiled = TIFFIsTiled(page.file) != 0;
  uint32_t across = page.width;
  if (isTiled) TIFFGetField(page.file, TIFFTAG_TILEWIDTH, &across);
  if (across == 0) fail("the TIFF is damaged: its tiles are empty");
  const tmsize_t partSize = isTiled ? TIFFTileSize(page.file) : TIFFStripSize(page.file);
  const size_t samples = page.samples;
  if (partSize < static_cast<tmsize_t>(size_t(across) * band * samples * 2)
      || partSize > mostMemory) {
    fail("the TIFF is damaged: its parts are too large or too small");
  }
  std::vector<uint16_t> part(size_t(partSize) / 2 + 1);
  std::vector<uint16_t> pixels(size_t(page.width) * band * samples);
  const bool isTransparent = page.hasAlpha();
  const bool isMultiplied = isTransparent && page.isAlphaMultiplied();
  const bool isInverted = page.photometric == PHOTOMETRIC_MINISWHITE;
  const int channels = colours + (isTransparent ? 1 : 0);
  std::vector<uint16_t> row(size_t(page.width) * size_t(channels));
  for (uint32_t top = 0; top < page.height; top += band) {
    const uint32_t height = std::min(band, page.height - top);
    for (uint32_t left = 0; left < page.width; left += across) {
      const auto needed = static_cast<tmsize_t>(size_t(across) * height * samples * 2);
      const tmsize_t done =
          isTiled ? TIFFReadEncodedTile(
                        page.file, TIFFComputeTile(page.file, left, top, 0, 0), part.data(),
                        partSize)
                  : TIFFReadEncodedStrip(
                        page.file, TIFFComputeStrip(page.file, top, 0), part.data(), partSize);
      if (done < needed) page.damaged();
      const size_t width = std::min(across, page.width - left) * samples;
      for (uint32_t line = 0; line < height; ++line) {
        std::copy_n(
            part.data() + size_t(line) * across * samples, width,
            pixels.data() + (size_t(line) * page.width + left) * samples);
      }
      if (left > UINT32_MAX - across) break;
    }
    for (uint32_t line = 0; line < height; ++line) {
      const uint16_t *in = pixels.data() + size_t(line) * page.width * samples;
      uint16_t *out = row.data();
      for (uint32_t column = 0; column < page.width; ++column, in += samples) {
        const uint32_t alpha = isTransparent ? in[colours] : 65535;
        for (int channel = 0; channel < colours; ++channel) {
          const uint32_t sample = isInverted ? 65535 - in[channel] : in[channel];
          *out++ = static_cast<uint16_t>(
              isMultiplied && alpha > 0
                  ? std::min<uint64_t>(65535, (uint64_t{sample} * 65535 + alpha / 2) / alpha)
                  : sample);
        }
        if (isTransparent) *out++ = static_cast<uint16_t>(alpha);
      }
      rows.take(row.data(), channels);
    }
  }
}

}  // namespace

AnnealDataImageInfo probeTiff(ImageBytes bytes) {
  Page page(bytes);
  page.readHeader();
  AnnealDataImageInfo info{};
  info.format = ANNEAL_DATA_TIFF;
  info.width = static_cast<int32_t>(page.width);
  info.height = static_cast<int32_t>(page.height);
  uint16_t orientation = 1;
  TIFFGetFieldDefaulted(page.file, TIFFTAG_ORIENTATION, &orientation);
  info.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  info.bits = page.bits;
  info.channels = page.isGrey() ? 1 : 3;
  info.transparent = page.hasAlpha();
  uint32_t size = 0;
  void *profile = nullptr;
  if (TIFFGetField(page.file, TIFFTAG_ICCPROFILE, &size, &profile) != 0) {
    info.profiled = isOtherThanSRGB({static_cast<const uint8_t *>(profile), int64_t{size}});
  }
  info.animated = TIFFLastDirectory(page.file) == 0;
  return info;
}

void decodeTiff(ImageBytes bytes, RowTaker &rows) {
  Page page(bytes);
  page.readHeader();
  if (rows.isDeep() && page.bits == 16) {
    decodeDeep(page, rows);
  } else {
    decodeColours(page, rows);
  }
}

}  // namespace anneal
