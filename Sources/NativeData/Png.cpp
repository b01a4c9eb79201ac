// PNG through libpng, whose errors are jumps: each function that one may cross keeps only plain
// data and hands owned memory out through its caller.

#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "Guard.h"
#include "Image.h"

namespace anneal {

namespace {

struct Source {
  ImageBytes bytes;
  int64_t position = 0;
  char reason[160] = "";
};

void onError(png_structp png, png_const_charp message) {
  auto *source = static_cast<Source *>(png_get_error_ptr(png));
  std::snprintf(source->reason, sizeof source->reason, "%s", message);
  png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep out, size_t count) {
  auto *source = static_cast<Source *>(png_get_io_ptr(png));
  if (static_cast<int64_t>(count) > source->bytes.size - source->position) {
    png_error(png, "the file ends too early");
  }
  std::memcpy(out, source->bytes.data + source->position, count);
  source->position += static_cast<int64_t>(count);
}

struct Reader {
  Source source;
  png_structp png = nullptr;
  png_infop info = nullptr;

  explicit Reader(ImageBytes bytes) : source{bytes} {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, onError, onWarning);
    if (png != nullptr) info = png_create_info_struct(png);
    if (info == nullptr) {
      png_destroy_read_struct(&png, nullptr, nullptr);
      throw std::bad_alloc();
    }
    png_set_read_fn(png, &source, onRead);
    // A text or a profile that inflates beyond this is skipped.
    png_set_chunk_malloc_max(png, 8 << 20);
  }
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
  Reader(const Reader &) = delete;
  Reader &operator=(const Reader &) = delete;

  [[noreturn]] void damaged() const { fail(std::string("the PNG is damaged: ") + source.reason); }
};

/// The EXIF data before the pixels.
ImageBytes exifData(Reader &reader) {
  png_uint_32 size = 0;
  png_bytep data = nullptr;
  if (png_get_eXIf_1(reader.png, reader.info, &size, &data) == 0) return {nullptr, 0};
  return {data, static_cast<int64_t>(size)};
}

bool readHeader(Reader &reader) {
  if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
  png_read_info(reader.png, reader.info);
  return true;
}

/// Asks libpng for 8-bit grey or RGB without transparency, whatever the file holds.
bool prepare(Reader &reader) {
  if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
  png_set_scale_16(reader.png);
  png_set_expand(reader.png);
  png_set_strip_alpha(reader.png);
  png_set_interlace_handling(reader.png);
  png_read_update_info(reader.png, reader.info);
  return true;
}

bool readPixels(Reader &reader, png_bytepp rows) {
  if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
  png_read_image(reader.png, rows);
  png_read_end(reader.png, nullptr);
  return true;
}

struct Output {
  std::FILE *file;
  png_structp png = nullptr;
  png_infop info = nullptr;
  ~Output() {
    png_destroy_write_struct(&png, &info);
    if (file != nullptr) std::fclose(file);
  }
};

bool writePixels(Output &output, const cv::Mat &picture) {
  if (setjmp(png_jmpbuf(output.png)) != 0) return false;
  png_init_io(output.png, output.file);
  png_set_IHDR(
      output.png, output.info, static_cast<png_uint_32>(picture.cols),
      static_cast<png_uint_32>(picture.rows), 8,
      picture.channels() == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(output.png, output.info);
  for (int row = 0; row < picture.rows; ++row) png_write_row(output.png, picture.ptr(row));
  png_write_end(output.png, output.info);
  return true;
}

}  // namespace

AnnealDataImageInfo probePng(ImageBytes bytes) {
  Reader reader(bytes);
  if (!readHeader(reader)) reader.damaged();
  const bool transparent =
      (png_get_color_type(reader.png, reader.info) & PNG_COLOR_MASK_ALPHA) != 0
      || png_get_valid(reader.png, reader.info, PNG_INFO_tRNS) != 0;
  return {
      ANNEAL_DATA_PNG,
      static_cast<int32_t>(png_get_image_width(reader.png, reader.info)),
      static_cast<int32_t>(png_get_image_height(reader.png, reader.info)),
      exifOrientation(exifData(reader)),
      png_get_bit_depth(reader.png, reader.info),
      transparent ? 1 : 0};
}

cv::Mat decodePng(ImageBytes bytes, int channels) {
  Reader reader(bytes);
  if (!readHeader(reader) || !prepare(reader)) reader.damaged();
  const int stored = png_get_channels(reader.png, reader.info);
  if (stored != 1 && stored != 3) fail("the PNG has an unknown colour type");
  cv::Mat image(
      static_cast<int>(png_get_image_height(reader.png, reader.info)),
      static_cast<int>(png_get_image_width(reader.png, reader.info)), CV_8UC(stored));
  if (png_get_rowbytes(reader.png, reader.info) != image.step) {
    fail("the PNG has an unknown depth");
  }
  std::vector<png_bytep> rows;
  for (int row = 0; row < image.rows; ++row) rows.push_back(image.ptr(row));
  if (!readPixels(reader, rows.data())) reader.damaged();
  if (stored == channels) return image;
  cv::Mat converted;
  cv::cvtColor(image, converted, channels == 1 ? cv::COLOR_RGB2GRAY : cv::COLOR_GRAY2RGB);
  return converted;
}

void writePng(const cv::Mat &picture, const char *path) {
  Source reasons{{nullptr, 0}};
  Output output{std::fopen(path, "wb")};
  if (output.file == nullptr) fail(std::string(std::strerror(errno)));
  output.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &reasons, onError, onWarning);
  if (output.png != nullptr) output.info = png_create_info_struct(output.png);
  if (output.info == nullptr) throw std::bad_alloc();
  if (!writePixels(output, picture)) fail(std::string("cannot write the PNG: ") + reasons.reason);
  const int closed = std::fclose(std::exchange(output.file, nullptr));
  if (closed != 0) fail(std::string("cannot write the PNG: ") + std::strerror(errno));
}

}  // namespace anneal
