#include "philox.h"

#include <cmath>

#pragma clang fp contract(off)

namespace anneal {

namespace {

/// The natural logarithm from additions and products alone: x = m 2^k, log m = 2 artanh s.
double logarithm(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0.7071067811865476) {
    m *= 2;
    exponent -= 1;
  }
  const double s = (m - 1) / (m + 1), square = s * s;
  double series = 0;
  for (int odd = 23; odd >= 3; odd -= 2) series = (series + 1.0 / odd) * square;
  return exponent * 0.6931471805599453 + 2 * s * (1 + series);
}

double tail(double p) {
  const double q = std::sqrt(-2 * logarithm(p));
  const double upper =
      ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
        2.549732539343734e+00) * q + 4.374664141464968e+00) * q + 2.938163982698783e+00;
  const double lower =
      (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
       3.754408661907416e+00) * q + 1;
  return upper / lower;
}

}  // namespace

double normal(uint32_t word) {
  const double p = (static_cast<double>(word) + 0.5) * 0x1p-32;
  constexpr double edge = 0.02425;
  if (p < edge) return tail(p);
  if (p > 1 - edge) return -tail(1 - p);
  const double q = p - 0.5, r = q * q;
  const double upper =
      (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
         1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q;
  const double lower =
      ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
        6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1;
  return upper / lower;
}

}  // namespace anneal
