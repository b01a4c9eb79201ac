#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>

#include "Guard.h"
#include "Sound.h"

namespace anneal {

namespace {

/// What power counts as silence: -100 dB.
constexpr double leastPower = 1e-10;

/// The mel scale of Slaney's Auditory Toolbox (1998): linear below 1 kHz, logarithmic above.
double toMel(double hertz) {
  constexpr double linear = 200.0 / 3;
  const double step = std::log(6.4) / 27;
  return hertz < 1000 ? hertz / linear : 15 + std::log(hertz / 1000) / step;
}

double toHertz(double mel) {
  constexpr double linear = 200.0 / 3;
  const double step = std::log(6.4) / 27;
  return mel < 15 ? mel * linear : 1000 * std::exp(step * (mel - 15));
}

/// A triangle of weights over neighbouring frequencies of a spectrum.
struct Band {
  int first;
  std::vector<double> weights;
};

/// Triangles that meet at the centres of their neighbours, evenly spaced in mel from 0 to half the rate, each
/// of the area 1 over its width in hertz.
std::vector<Band> melBands(const AnnealDataSoundForm &form) {
  const int bins = form.window / 2 + 1;
  const double top = toMel(form.rate / 2.0);
  const auto edge = [&](int index) { return toHertz(top * index / (form.bands + 1)); };
  std::vector<Band> bands;
  for (int index = 0; index < form.bands; ++index) {
    const double low = edge(index), centre = edge(index + 1), high = edge(index + 2);
    Band band = {bins, {}};
    for (int bin = 0; bin < bins; ++bin) {
      const double hertz = static_cast<double>(bin) * form.rate / form.window;
      const double weight =
          std::min((hertz - low) / (centre - low), (high - hertz) / (high - centre));
      if (weight <= 0) continue;
      if (band.weights.empty()) band.first = bin;
      band.weights.push_back(weight * 2 / (high - low));
    }
    bands.push_back(std::move(band));
  }
  return bands;
}

/// The power of a log-mel spectrum in decibels: [bands][frames].
std::vector<double> logMel(const std::vector<float> &samples, const AnnealDataSoundForm &form) {
  const int window = form.window;
  const auto length = static_cast<int64_t>(samples.size());
  const auto frames = static_cast<int>(1 + length / form.hop);
  std::vector<double> hann(static_cast<size_t>(window));
  for (int place = 0; place < window; ++place) {
    hann[static_cast<size_t>(place)] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * place / window);
  }
  const auto bands = melBands(form);
  std::vector<double> out(static_cast<size_t>(form.bands) * static_cast<size_t>(frames));
  cv::Mat line(1, window, CV_64F), spectrum;
  std::vector<double> power(static_cast<size_t>(window / 2 + 1));
  for (int frame = 0; frame < frames; ++frame) {
    const int64_t start = int64_t{frame} * form.hop - window / 2;
    for (int place = 0; place < window; ++place) {
      const int64_t at = start + place;
      const bool isInside = at >= 0 && at < length;
      line.at<double>(place) =
          isInside ? samples[static_cast<size_t>(at)] * hann[static_cast<size_t>(place)] : 0;
    }
    cv::dft(line, spectrum, cv::DFT_COMPLEX_OUTPUT);
    for (int bin = 0; bin <= window / 2; ++bin) {
      const auto value = spectrum.at<cv::Vec2d>(bin);
      power[static_cast<size_t>(bin)] = value[0] * value[0] + value[1] * value[1];
    }
    for (int index = 0; index < form.bands; ++index) {
      const Band &band = bands[static_cast<size_t>(index)];
      double sum = 0;
      for (size_t place = 0; place < band.weights.size(); ++place) {
        sum += band.weights[place] * power[static_cast<size_t>(band.first) + place];
      }
      out[static_cast<size_t>(index) * static_cast<size_t>(frames) + static_cast<size_t>(frame)] =
          10 * std::log10(std::max(sum, leastPower));
    }
  }
  return out;
}

/// The first coefficients of the orthonormal cosine transform (type II) over the bands of each frame.
std::vector<double> cosines(
    const std::vector<double> &spectrum, const AnnealDataSoundForm &form) {
  const auto bands = static_cast<size_t>(form.bands);
  const size_t frames = spectrum.size() / bands;
  std::vector<double> out(static_cast<size_t>(form.coefficients) * frames);
  for (size_t index = 0; index < static_cast<size_t>(form.coefficients); ++index) {
    const double scale = std::sqrt((index == 0 ? 1.0 : 2.0) / form.bands);
    for (size_t band = 0; band < bands; ++band) {
      const double factor =
          scale * std::cos(std::numbers::pi * double(index) * (double(band) + 0.5) / form.bands);
      for (size_t frame = 0; frame < frames; ++frame) {
        out[index * frames + frame] += factor * spectrum[band * frames + frame];
      }
    }
  }
  return out;
}

}  // namespace

void checkForm(const AnnealDataSoundForm &form) {
  constexpr int64_t mostSamples = int64_t{1} << 28;
  if (form.rate < 1 || form.rate > 1 << 20) fail("the rate of the form is no rate");
  if (form.samples < 1 || form.samples > mostSamples) fail("the form has too many samples");
  if (form.features == ANNEAL_DATA_WAVEFORM) return;
  if (form.features != ANNEAL_DATA_LOG_MEL && form.features != ANNEAL_DATA_MFCC) {
    fail("the features " + std::to_string(form.features) + " are unknown");
  }
  if (form.window < 2 || form.window > 1 << 16 || form.hop < 1) fail("the window is no window");
  if (form.bands < 1 || form.bands > 1 << 12) fail("the form has too many bands");
  if (form.features == ANNEAL_DATA_MFCC
      && (form.coefficients < 1 || form.coefficients > form.bands)) {
    fail("there are more coefficients than bands");
  }
}

void soundFeatures(
    const std::vector<float> &samples, const AnnealDataSoundForm &form, float *out) {
  if (form.features == ANNEAL_DATA_WAVEFORM) {
    std::copy(samples.begin(), samples.end(), out);
    return;
  }
  auto values = logMel(samples, form);
  if (form.features == ANNEAL_DATA_MFCC) values = cosines(values, form);
  std::transform(
      values.begin(), values.end(), out, [](double value) { return static_cast<float>(value); });
}

}  // namespace anneal
