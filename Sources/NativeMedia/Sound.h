// Sounds from files to the samples and spectra of a feature.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "CData.h"

namespace anneal {

/// Where a sound is: the path of a file, or a whole file in memory.
struct SoundPlace {
  const char *path;
  const uint8_t *bytes;
  int64_t size;
};

/// What the header of a sound says; throws where it is none of WAV, FLAC, Ogg (Vorbis or Opus) and AIFF, or
/// is cut short. Nothing is decoded.
AnnealDataSoundInfo probeSound(const SoundPlace &place);

/// The first `samples` samples at a rate: the mean of the channels, resampled, followed by silence where the
/// sound is shorter.
std::vector<float> soundSamples(const SoundPlace &place, int32_t rate, int64_t samples);

/// The features of samples as `form` says, into `out`: as many as `soundFeatureCount` tells.
void soundFeatures(
    const std::vector<float> &samples, const AnnealDataSoundForm &form, float *out);

/// Throws where a form is not one that is computed.
void checkForm(const AnnealDataSoundForm &form);

}  // namespace anneal
