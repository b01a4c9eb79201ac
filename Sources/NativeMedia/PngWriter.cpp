// Writes PNG through libpng, whose errors are jumps: the function that one crosses keeps only plain data.

#include <png.h>

#include <cerrno>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <string>

#include "Guard.h"
#include "Image.h"

namespace anneal {

namespace {

struct Output {
  std::FILE *file = nullptr;
  png_structp png = nullptr;
  png_infop info = nullptr;
  char reason[160] = "";

  Output() {
    png = png_create_write_struct(PNG_LIBPNG_VER_STRING, this, onError, onWarning);
    if (png != nullptr) info = png_create_info_struct(png);
    if (info == nullptr) {
      png_destroy_write_struct(&png, nullptr);
      throw std::bad_alloc();
    }
  }
  ~Output() {
    png_destroy_write_struct(&png, &info);
    if (file != nullptr) std::fclose(file);
  }
  Output(const Output &) = delete;
  Output &operator=(const Output &) = delete;

  void write(const cv::Mat &picture) {
    if (!writePixels(*this, picture)) fail(std::string("cannot write the PNG: ") + reason);
  }

 private:
  static bool writePixels(Output &output, const cv::Mat &picture) {
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

  static void onError(png_structp png, png_const_charp message) {
    auto *output = static_cast<Output *>(png_get_error_ptr(png));
    std::snprintf(output->reason, sizeof output->reason, "%s", message);
    png_longjmp(png, 1);
  }

  static void onWarning(png_structp, png_const_charp) {}
};

}  // namespace

void writePng(const cv::Mat &picture, const char *path) {
  Output output;
  output.file = std::fopen(path, "wb");
  if (output.file == nullptr) fail(std::string(std::strerror(errno)));
  output.write(picture);
  const int closed = std::fclose(std::exchange(output.file, nullptr));
  if (closed != 0) fail(std::string("cannot write the PNG: ") + std::strerror(errno));
}

}  // namespace anneal
