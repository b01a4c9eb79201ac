// PNG through libpng, whose errors are jumps: they end in `call`, which turns them into exceptions.

#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "Guard.h"
#include "Image.h"
#include "RowTaker.h"

namespace anneal {

namespace {

struct Reader {
  ImageBytes bytes;
  int64_t position = 0;
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::jmp_buf jump;
  char reason[160] = "";

  explicit Reader(ImageBytes bytes) : bytes(bytes) {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, onError, onWarning);
    if (png != nullptr) info = png_create_info_struct(png);
    if (info == nullptr) {
      png_destroy_read_struct(&png, nullptr, nullptr);
      throw std::bad_alloc();
    }
  }
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
  Reader(const Reader &) = delete;
  Reader &operator=(const Reader &) = delete;

  void readHeader() {
    call([&] {
      png_set_read_fn(png, this, onRead);
      // A text or a profile that inflates beyond this is skipped.
      png_set_chunk_malloc_max(png, 8 << 20);
      png_read_info(png, info);
    });
  }

  /// Calls the library; `body` may hold plain data only.
  template <typename Body>
  void call(const Body &body) {
    if (setjmp(jump) != 0) fail(std::string("the PNG is damaged: ") + reason);
    body();
  }

 private:
  static void onError(png_structp png, png_const_charp message) {
    auto *reader = static_cast<Reader *>(png_get_error_ptr(png));
    std::snprintf(reader->reason, sizeof reader->reason, "%s", message);
    std::longjmp(reader->jump, 1);
  }

  static void onWarning(png_structp, png_const_charp) {}

  static void onRead(png_structp png, png_bytep out, size_t count) {
    auto *reader = static_cast<Reader *>(png_get_io_ptr(png));
    if (static_cast<int64_t>(count) > reader->bytes.size - reader->position) {
      png_error(png, "the file ends too early");
    }
    std::memcpy(out, reader->bytes.data + reader->position, count);
    reader->position += static_cast<int64_t>(count);
  }
};

/// Refuses chunks that are longer than the file: libpng asks for their memory before it reads them.
///
/// - Parameter isStart: Whether there may be only the file's start, of which what is before the pixels counts.
void checkChunks(ImageBytes bytes, bool isStart) {
  int64_t place = 8;
  while (place + 8 <= bytes.size) {
    const uint8_t *chunk = bytes.data + place;
    if (isStart && std::memcmp(chunk + 4, "IDAT", 4) == 0) return;
    const int64_t length = int64_t{chunk[0]} << 24 | chunk[1] << 16 | chunk[2] << 8 | chunk[3];
    if (length > bytes.size - place - 8) fail("the PNG is damaged: the file ends too early");
    place += 12 + length;
  }
}

bool isTransparent(const Reader &reader) {
  return (png_get_color_type(reader.png, reader.info) & PNG_COLOR_MASK_ALPHA) != 0
         || png_get_valid(reader.png, reader.info, PNG_INFO_tRNS) != 0;
}

/// Gives the rows of samples as the library hands them out, all at once where they are interlaced.
template <typename Sample>
void readRows(Reader &reader, int channels, RowTaker &rows) {
  const size_t width = size_t(rows.stored.width) * size_t(channels);
  const bool isInterlaced =
      png_get_interlace_type(reader.png, reader.info) != PNG_INTERLACE_NONE;
  if (isInterlaced) checkPixels(rows.stored.width, rows.stored.height, mostPixelsHeld);
  const size_t held = isInterlaced ? size_t(rows.stored.height) : 1;
  std::vector<Sample> samples(width * held);
  if (isInterlaced) {
    std::vector<png_bytep> addresses;
    for (size_t row = 0; row < held; ++row) {
      addresses.push_back(reinterpret_cast<png_bytep>(samples.data() + row * width));
    }
    reader.call([&] { png_read_image(reader.png, addresses.data()); });
    for (size_t row = 0; row < held; ++row) rows.take(samples.data() + row * width, channels);
  } else {
    for (int row = 0; row < rows.stored.height; ++row) {
      reader.call([&] {
        png_read_row(reader.png, reinterpret_cast<png_bytep>(samples.data()), nullptr);
      });
      rows.take(samples.data(), channels);
    }
  }
  reader.call([&] { png_read_end(reader.png, nullptr); });
}

}  // namespace

AnnealDataImageInfo probePng(ImageBytes bytes) {
  checkChunks(bytes, true);
  Reader reader(bytes);
  reader.readHeader();
  AnnealDataImageInfo info{};
  info.format = ANNEAL_DATA_PNG;
  info.width = static_cast<int32_t>(png_get_image_width(reader.png, reader.info));
  info.height = static_cast<int32_t>(png_get_image_height(reader.png, reader.info));
  info.orientation = 1;
  info.bits = png_get_bit_depth(reader.png, reader.info);
  info.channels =
      (png_get_color_type(reader.png, reader.info) & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
  info.transparent = isTransparent(reader);
  png_uint_32 size = 0;
  png_bytep data = nullptr;
  if (png_get_eXIf_1(reader.png, reader.info, &size, &data) != 0) {
    info.orientation = exifOrientation({data, int64_t{size}});
  }
  png_charp name = nullptr;
  int compression = 0;
  if (png_get_iCCP(reader.png, reader.info, &name, &compression, &data, &size) != 0) {
    info.profiled = isOtherThanSRGB({data, int64_t{size}});
  }
  return info;
}

void decodePng(ImageBytes bytes, RowTaker &rows) {
  checkChunks(bytes, false);
  Reader reader(bytes);
  reader.readHeader();
  const bool isDeep = rows.isDeep();
  reader.call([&] {
    if (isDeep) {
      png_set_expand_16(reader.png);
      if constexpr (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) png_set_swap(reader.png);
    } else {
      png_set_scale_16(reader.png);
      png_set_expand(reader.png);
    }
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
  });
  const int channels = png_get_channels(reader.png, reader.info);
  const size_t bytesPerRow =
      size_t(rows.stored.width) * size_t(channels) * (isDeep ? 2 : 1);
  if (channels < 1 || channels > 4
      || png_get_rowbytes(reader.png, reader.info) != bytesPerRow) {
    fail("the PNG has an unknown depth");
  }
  if (isDeep) {
    readRows<uint16_t>(reader, channels, rows);
  } else {
    readRows<uint8_t>(reader, channels, rows);
  }
}

}  // namespace anneal
