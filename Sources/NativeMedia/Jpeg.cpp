// JPEG through libjpeg-turbo, whose inverse DCT can write an image at k/8 of its size. Its errors are
// jumps: they end in `call`, which turns them into exceptions.

#include <cstddef>
#include <cstdio>
// Needs the two before it.
#include <jpeglib.h>

#include <jerror.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <memory>
#include <string>

#include "Frame.h"
#include "Guard.h"
#include "Image.h"
#include "RowTaker.h"
#include "Wide.h"

namespace anneal {

namespace {

/// Progressive files of more scans cost much time and hold nothing.
constexpr int mostScans = 500;

/// A progressive file is held whole as coefficients; one that needs more memory is refused.
constexpr long mostMemory = 1L << 30;

struct Decompressor {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  jpeg_progress_mgr progress{};
  std::jmp_buf jump;
  char reason[JMSG_LENGTH_MAX] = "";
  /// Whether data was lost; `reason` says how.
  bool isDamaged = false;

  Decompressor() {
    info.err = jpeg_std_error(&errors);
    info.client_data = this;
    errors.error_exit = onError;
    errors.emit_message = onMessage;
    progress.progress_monitor = onProgress;
    call([&] { jpeg_create_decompress(&info); });
  }
  ~Decompressor() { jpeg_destroy_decompress(&info); }
  Decompressor(const Decompressor &) = delete;
  Decompressor &operator=(const Decompressor &) = delete;

  void readHeader(ImageBytes bytes) {
    call([&] {
      info.progress = &progress;
      info.mem->max_memory_to_use = mostMemory;
      jpeg_mem_src(&info, bytes.data, static_cast<unsigned long>(bytes.size));
      jpeg_save_markers(&info, JPEG_APP0 + 1, 0xffff);
      jpeg_save_markers(&info, JPEG_APP0 + 2, 0xffff);
      jpeg_read_header(&info, TRUE);
    });
    if (info.image_width < 1 || info.image_height < 1) fail("the JPEG holds no picture");
  }

  /// Calls the library; `body` may hold plain data only.
  template <typename Body>
  void call(const Body &body) {
    if (setjmp(jump) != 0) fail(std::string("the JPEG is damaged: ") + reason);
    body();
  }

  void requireWhole() const {
    if (isDamaged) fail(std::string("the JPEG is damaged: ") + reason);
  }

 private:
  static Decompressor &owner(j_common_ptr info) {
    return *static_cast<Decompressor *>(info->client_data);
  }

  [[noreturn]] static void onError(j_common_ptr info) {
    info->err->format_message(info, owner(info).reason);
    std::longjmp(owner(info).jump, 1);
  }

  static void onMessage(j_common_ptr info, int level) {
    if (level >= 0 || owner(info).isDamaged) return;
    switch (info->err->msg_code) {
      // Padding that cameras leave, and doubts about other headers: no data is lost.
      case JWRN_EXTRANEOUS_DATA:
      case JWRN_ADOBE_XFORM:
      case JWRN_JFIF_MAJOR:
      case JWRN_BOGUS_ICC: return;
      default: break;
    }
    owner(info).isDamaged = true;
    info->err->format_message(info, owner(info).reason);
  }

  static void onProgress(j_common_ptr info) {
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= mostScans) return;
    std::snprintf(owner(info).reason, sizeof owner(info).reason, "it has too many scans");
    std::longjmp(owner(info).jump, 1);
  }
};

bool startsWith(const jpeg_saved_marker_ptr marker, int app, const char *name, size_t size) {
  return marker->marker == JPEG_APP0 + app && marker->data_length > size
         && std::memcmp(marker->data, name, size) == 0;
}

/// The orientation and the colour profile among the segments before the picture's data.
void readSegments(const Decompressor &jpeg, AnnealDataImageInfo &info) {
  bool hasExif = false;
  for (auto *marker = jpeg.info.marker_list; marker != nullptr; marker = marker->next) {
    if (!hasExif && startsWith(marker, 1, "Exif\0", 6)) {
      info.orientation = exifOrientation({marker->data + 6, int64_t{marker->data_length} - 6});
      hasExif = true;
    }
    // A long profile is in several segments; its name is in the first.
    if (startsWith(marker, 2, "ICC_PROFILE\0\1", 13)) {
      info.profiled = isOtherThanSRGB({marker->data + 14, int64_t{marker->data_length} - 14});
    }
  }
}

bool hasInks(const Decompressor &jpeg) {
  return jpeg.info.jpeg_color_space == JCS_CMYK || jpeg.info.jpeg_color_space == JCS_YCCK;
}

/// The smallest of 1/8, 1/4, 1/2 and 1 that leaves two samples for each one wanted, so that the last
/// resample decides what the picture looks like; the scales between are slower.
unsigned int eighths(const Frame &frame) {
  const double scale = std::min(
      frame.box.width / frame.size.width, frame.box.height / frame.size.height);
  unsigned int count = 1;
  while (count < 8 && scale * count / 8 < 2) count *= 2;
  return count;
}

/// One component of the picture, at the size that it is decoded to.
struct Component {
  cv::Size size;
  ByteResampler resampler;
  /// The rows that one call gives.
  int band;
  cv::Mat rows;
  std::vector<JSAMPROW> addresses;
};

/// Luma and chroma of a picture, each resampled from its own grid to the frame: what follows is linear, so
/// colours may be made of the result.
std::vector<cv::Mat> decodeComponents(Decompressor &jpeg, const Frame &frame) {
  jpeg.info.raw_data_out = TRUE;
  jpeg.info.out_color_space = JCS_YCbCr;
  jpeg.info.do_fancy_upsampling = FALSE;
  jpeg.call([&] { jpeg_start_decompress(&jpeg.info); });
  std::vector<cv::Mat> planes;
  std::vector<Component> components;
  components.reserve(size_t(jpeg.info.num_components));
  for (int index = 0; index < jpeg.info.num_components; ++index) {
    const jpeg_component_info &own = jpeg.info.comp_info[index];
    const double across =
        double(own.h_samp_factor * own.DCT_scaled_size) / (jpeg.info.max_h_samp_factor * DCTSIZE);
    const double down =
        double(own.v_samp_factor * own.DCT_scaled_size) / (jpeg.info.max_v_samp_factor * DCTSIZE);
    const cv::Rect2d box(
        frame.box.x * across, frame.box.y * down, frame.box.width * across,
        frame.box.height * down);
    const cv::Size size(
        static_cast<int>(own.downsampled_width), static_cast<int>(own.downsampled_height));
    const int band = own.v_samp_factor * own.DCT_scaled_size;
    planes.emplace_back(frame.size, CV_8UC1);
    const int blocks = static_cast<int>(own.width_in_blocks) + own.h_samp_factor;
    components.push_back(
        {size, {size, box, planes.back()}, band,
         cv::Mat(band, blocks * own.DCT_scaled_size + 64, CV_8UC1), {}});
    for (int row = 0; row < band; ++row) {
      components.back().addresses.push_back(components.back().rows.ptr(row));
    }
  }
  const auto lines =
      static_cast<JDIMENSION>(jpeg.info.max_v_samp_factor * jpeg.info.min_DCT_scaled_size);
  JSAMPARRAY arrays[3] = {};
  for (size_t index = 0; index < components.size(); ++index) {
    arrays[index] = components[index].addresses.data();
  }
  for (int done = 0; jpeg.info.output_scanline < jpeg.info.output_height; ++done) {
    jpeg.call([&] { jpeg_read_raw_data(&jpeg.info, arrays, lines); });
    jpeg.requireWhole();
    for (Component &component : components) {
      const int rest = component.size.height - done * component.band;
      for (int row = 0; row < std::min(component.band, rest); ++row) {
        component.resampler.take(component.rows.ptr(row));
      }
    }
  }
  jpeg.call([&] { jpeg_finish_decompress(&jpeg.info); });
  return planes;
}

/// RGB from a row of luma and chroma in place (JFIF 1.02).
ANNEAL_WIDE void colourRow(
    uint8_t *__restrict first, uint8_t *__restrict second, uint8_t *__restrict third, int count) {
  constexpr int bits = 16;
  constexpr auto fixed = [](double value) { return int32_t(value * (1 << bits) + 0.5); };
  constexpr int32_t redCr = fixed(1.402), greenCb = fixed(0.344136), greenCr = fixed(0.714136),
                    blueCb = fixed(1.772);
  for (int column = 0; column < count; ++column) {
    const int32_t luma = first[column] * (1 << bits) + (1 << (bits - 1));
    const int32_t cb = second[column] - 128, cr = third[column] - 128;
    const int32_t red = (luma + redCr * cr) >> bits;
    const int32_t green = (luma - greenCb * cb - greenCr * cr) >> bits;
    const int32_t blue = (luma + blueCb * cb) >> bits;
    first[column] = static_cast<uint8_t>(std::clamp(red, 0, 255));
    second[column] = static_cast<uint8_t>(std::clamp(green, 0, 255));
    third[column] = static_cast<uint8_t>(std::clamp(blue, 0, 255));
  }
}

/// Multiplies the inks out. Adobe's files store them inverted.
void multiplyInks(uint8_t *row, int width, bool isInverted) {
  const uint8_t *in = row;
  for (int column = 0; column < width; ++column, in += 4) {
    const int black = isInverted ? in[3] : 255 - in[3];
    for (int channel = 0; channel < 3; ++channel) {
      const int ink = isInverted ? in[channel] : 255 - in[channel];
      row[column * 3 + channel] = static_cast<uint8_t>((ink * black + 127) / 255);
    }
  }
}

/// Rows of grey, RGB or inks, whichever the file has.
std::vector<cv::Mat> decodeRows(
    Decompressor &jpeg, const AnnealDataImageRequest &request, const Frame &frame) {
  const bool inks = hasInks(jpeg);
  const bool isGrey = !inks && request.picture.channels == 1
                      && jpeg.info.jpeg_color_space != JCS_RGB;
  jpeg.info.out_color_space = inks ? JCS_CMYK : isGrey ? JCS_GRAYSCALE : JCS_RGB;
  jpeg.call([&] { jpeg_start_decompress(&jpeg.info); });
  const cv::Size size(
      static_cast<int>(jpeg.info.output_width), static_cast<int>(jpeg.info.output_height));
  const double scale = double(jpeg.info.scale_num) / jpeg.info.scale_denom;
  Frame scaled = frame;
  scaled.box = cv::Rect2d(
      frame.box.x * scale, frame.box.y * scale, frame.box.width * scale,
      frame.box.height * scale);
  RowTaker rows(size, request, scaled);
  std::vector<uint8_t> row(size_t(size.width) * size_t(jpeg.info.output_components));
  JSAMPROW address = row.data();
  while (jpeg.info.output_scanline < jpeg.info.output_height) {
    jpeg.call([&] { jpeg_read_scanlines(&jpeg.info, &address, 1); });
    jpeg.requireWhole();
    if (inks) multiplyInks(row.data(), size.width, jpeg.info.saw_Adobe_marker);
    rows.take(row.data(), inks ? 3 : jpeg.info.output_components);
  }
  jpeg.call([&] { jpeg_finish_decompress(&jpeg.info); });
  return rows.planes();
}

}  // namespace

AnnealDataImageInfo probeJpeg(ImageBytes bytes) {
  Decompressor jpeg;
  jpeg.readHeader(bytes);
  AnnealDataImageInfo info{};
  info.format = ANNEAL_DATA_JPEG;
  info.width = static_cast<int32_t>(jpeg.info.image_width);
  info.height = static_cast<int32_t>(jpeg.info.image_height);
  info.orientation = 1;
  info.bits = jpeg.info.data_precision;
  info.channels = jpeg.info.num_components == 1 ? 1 : 3;
  readSegments(jpeg, info);
  return info;
}

std::vector<cv::Mat> decodeJpeg(
    ImageBytes bytes, const AnnealDataImageRequest &request, const Frame &frame) {
  Decompressor jpeg;
  jpeg.readHeader(bytes);
  jpeg.info.scale_num = eighths(frame);
  jpeg.info.scale_denom = 8;
  jpeg.info.dct_method = JDCT_ISLOW;
  std::vector<cv::Mat> planes;
  const bool isColour = jpeg.info.jpeg_color_space == JCS_YCbCr && jpeg.info.num_components == 3;
  if (isColour && request.picture.channels == 3 && request.deep == 0) {
    planes = decodeComponents(jpeg, frame);
    for (int row = 0; row < frame.size.height; ++row) {
      colourRow(planes[0].ptr(row), planes[1].ptr(row), planes[2].ptr(row), frame.size.width);
    }
  } else {
    planes = decodeRows(jpeg, request, frame);
  }
  jpeg.requireWhole();
  return planes;
}

}  // namespace anneal
