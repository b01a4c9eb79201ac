// Feeds hostile sounds to the decoders: see Tests/Campaigns/fuzz.

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "Sound.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const anneal::SoundPlace place = {nullptr, data, static_cast<int64_t>(size)};
  try {
    anneal::probeSound(place);
    // Short windows at a low rate: what is decoded matters, and not how long it takes.
    const AnnealDataSoundForm form = {
        .rate = 8000, .samples = 512, .features = ANNEAL_DATA_MFCC, .window = 64, .hop = 64,
        .bands = 8, .coefficients = 4};
    std::vector<float> features(4 * 9);
    anneal::soundFeatures(anneal::soundSamples(place, form.rate, form.samples), form, features.data());
  } catch (const std::exception &) {
    // Refused, as most input is.
  }
  return 0;
}
