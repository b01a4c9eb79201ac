// What the bytes of a table's cell mean: nothing, a number, or another text.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "Digits.h"

namespace anneal {

enum class CellKind : int32_t { missing = 0, number = 1, text = 2 };

/// How the cells of a column are read.
struct CellReader {
  /// The byte before the decimals, and the one that may stand between groups of digits, or -1.
  int32_t decimal = '.';
  int32_t thousands = -1;

  /// What stands for a missing value, beside nothing and NaN.
  std::vector<std::string> missingTexts;
  std::vector<double> missingNumbers;

  /// What a field holds; blanks around it do not count. `number` is set where it is one.
  CellKind read(Field field, double &number) const;

  /// Whether every text that is a number in plain digits is one here.
  bool isPlain() const {
    return decimal == '.' && thousands < 0 && missingTexts.empty() && missingNumbers.empty();
  }

 private:

  bool isMissing(Field text) const;
  bool isMissing(double number) const;
};

/// The field without the blanks around it.
inline Field trimmed(Field field) {
  const auto isBlank = [](uint8_t byte) { return byte == ' ' || byte == '\t'; };
  while (!field.empty() && isBlank(field.front())) field.remove_prefix(1);
  while (!field.empty() && isBlank(field.back())) field.remove_suffix(1);
  return field;
}

inline bool isDigit(uint8_t byte) { return static_cast<uint8_t>(byte - '0') < 10; }

/// Whether digits follow a zero at the start of a text without blanks.
inline bool hasLeadingZero(Field text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && isDigit(text[1]);
}

/// Reads a decimal number as `strtod` does, exactly rounded; `nan`, `inf` and `infinity` too.
bool readNumber(Field text, double &number);

}  // namespace anneal
