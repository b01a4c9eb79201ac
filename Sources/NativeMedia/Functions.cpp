// The function table: each entry turns C arguments into one call and exceptions into a status.

#include <opencv2/core.hpp>

#include "CData.h"
#include "Guard.h"
#include "Image.h"
#include "Sound.h"

using anneal::guarded;

namespace {

const char *errorText() { return anneal::lastError().c_str(); }

int32_t setThreads(int32_t threads) {
  return guarded([&] { cv::setNumThreads(threads); });
}

int32_t imageProbe(const uint8_t *bytes, int64_t size, AnnealDataImageInfo *info) {
  return guarded([&] { *info = anneal::probe({bytes, size}); });
}

int32_t imageDecode(
    const uint8_t *bytes, int64_t size, const AnnealDataImageRequest *request, void *out) {
  return guarded([&] {
    anneal::checkShape(request->picture);
    anneal::decode({bytes, size}, *request, out);
  });
}

int32_t imageDenoise(
    const uint8_t *in, int64_t pictures, const AnnealDataPicture *shape,
    const AnnealDataDenoise *filter, uint8_t *out) {
  return guarded([&] {
    anneal::checkShape(*shape);
    anneal::denoise(in, pictures, *shape, *filter, out);
  });
}

int32_t imageWritePng(const uint8_t *in, const AnnealDataPicture *shape, const char *path) {
  return guarded([&] {
    anneal::checkShape(*shape);
    anneal::writePng(anneal::fromPlanes(in, *shape), path);
  });
}

int32_t imageHash(
    const uint8_t *in, int64_t pictures, const AnnealDataPicture *shape, int32_t method,
    uint64_t *out) {
  return guarded([&] {
    anneal::checkShape(*shape);
    anneal::hashes(in, pictures, *shape, method, out);
  });
}

int32_t soundProbe(
    const char *path, const uint8_t *bytes, int64_t size, AnnealDataSoundInfo *info) {
  return guarded([&] { *info = anneal::probeSound({path, bytes, size}); });
}

int32_t soundDecode(
    const char *path, const uint8_t *bytes, int64_t size, const AnnealDataSoundForm *form,
    float *out) {
  return guarded([&] {
    anneal::checkForm(*form);
    const auto samples = anneal::soundSamples({path, bytes, size}, form->rate, form->samples);
    anneal::soundFeatures(samples, *form, out);
  });
}

constexpr AnnealMediaFunctions functions = {
    .abi = ANNEAL_DATA_ABI,
    .last_error = errorText,
    .set_threads = setThreads,
    .image_probe = imageProbe,
    .image_decode = imageDecode,
    .image_denoise = imageDenoise,
    .image_write_png = imageWritePng,
    .image_hash = imageHash,
    .sound_probe = soundProbe,
    .sound_decode = soundDecode,
};

}  // namespace

extern "C" __attribute__((visibility("default"))) const AnnealMediaFunctions *
anneal_media_functions() {
  return &functions;
}
