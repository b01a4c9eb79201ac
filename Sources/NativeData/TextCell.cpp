#include "TextCell.h"

#include <arrow/util/value_parsing.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace anneal {

namespace {

/// Numbers whose digits and power of ten are exact in binary, so that one division rounds correctly
/// (Clinger 1990).
inline bool readSimple(Field text, double &number) {
  const uint8_t *byte = text.data();
  const uint8_t *const end = byte + text.size();
  if (byte == end) return false;
  const bool isNegative = *byte == '-';
  if (isNegative || *byte == '+') ++byte;
  // What overflows has too many digits.
  uint64_t digits = 0;
  const uint8_t *const start = byte;
  while (byte != end && isDigit(*byte)) digits = digits * 10 + static_cast<uint64_t>(*byte++ - '0');
  int64_t count = byte - start;
  int64_t places = 0;
  if (byte != end && *byte == '.' && count <= 15) {
    const uint8_t *const point = ++byte;
    while (byte != end && isDigit(*byte)) digits = digits * 10 + static_cast<uint64_t>(*byte++ - '0');
    places = byte - point;
    count += places;
  }
  if (byte != end || count == 0 || count > 15) return false;
  const auto whole = static_cast<double>(static_cast<int64_t>(digits));
  const double magnitude = places == 0 ? whole : whole / powersOfTen[places];
  number = isNegative ? -magnitude : magnitude;
  return true;
}

bool equalsWord(Field text, std::string_view word) {
  return text.size() == word.size() &&
         std::equal(text.begin(), text.end(), word.begin(), [](uint8_t byte, char letter) {
           return (byte >= 'A' && byte <= 'Z' ? byte + 32 : byte) == letter;
         });
}

bool readGeneral(Field text, double &number) {
  if (text.empty() || text.size() > 400) return false;
  Field rest = text;
  const bool isNegative = rest.front() == '-';
  if (isNegative || rest.front() == '+') rest.remove_prefix(1);
  if (equalsWord(rest, "nan")) {
    number = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (equalsWord(rest, "inf") || equalsWord(rest, "infinity")) {
    number = isNegative ? -std::numeric_limits<double>::infinity()
                        : std::numeric_limits<double>::infinity();
    return true;
  }
  if (rest.empty() || !(isDigit(rest.front()) || rest.front() == '.')) return false;
  for (const uint8_t byte : rest) {
    if (!isDigit(byte) && byte != '.' && byte != 'e' && byte != 'E' && byte != '+' && byte != '-') {
      return false;
    }
  }
  const auto *characters = reinterpret_cast<const char *>(rest.data());
  if (arrow::internal::StringToFloat(characters, rest.size(), '.', &number)) {
    if (isNegative) number = -number;
    return true;
  }
  // Beyond the range of numbers, or none.
  const std::string copy(characters, rest.size());
  char *end = nullptr;
  number = std::strtod(copy.c_str(), &end);
  if (isNegative) number = -number;
  return end == copy.c_str() + copy.size();
}

bool startsWithZero(const std::string &text) {
  const size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  return text.size() > sign && text[sign] == '0';
}

/// Groups after the first have three digits, or two before the last one, as in India.
bool areGroups(const std::vector<int64_t> &groups) {
  if (groups.size() == 1) return true;
  const bool isMiddle = std::all_of(groups.begin() + 1, groups.end() - 1,
                                    [](int64_t group) { return group == 2 || group == 3; });
  return groups.front() >= 1 && groups.front() <= 3 && groups.back() == 3 && isMiddle;
}

/// The bytes of a separator at the start; a blank stands for the narrow and unbreakable ones too.
size_t separatorLength(Field text, int32_t thousands) {
  if (thousands < 0) return 0;
  if (text.front() == thousands) return 1;
  if (thousands != ' ') return 0;
  static const std::basic_string<uint8_t> blanks[] = {
      {0xc2, 0xa0}, {0xe2, 0x80, 0xaf}, {0xe2, 0x80, 0x89}};
  for (const auto &blank : blanks) {
    if (text.substr(0, blank.size()) == blank) return blank.size();
  }
  return 0;
}

/// The text with a point between whole part and decimals, and nothing between groups.
bool rewrite(Field text, int32_t decimal, int32_t thousands, std::string &result) {
  std::vector<int64_t> groups = {0};
  bool isWhole = true;
  while (!text.empty()) {
    if (isWhole) {
      if (const size_t length = separatorLength(text, thousands); length > 0) {
        groups.push_back(0);
        text.remove_prefix(length);
        continue;
      }
    }
    const uint8_t byte = text.front();
    text.remove_prefix(1);
    if (byte == decimal && isWhole) {
      isWhole = false;
      result.push_back('.');
    } else if (byte == '.' || byte == decimal) {
      return false;
    } else {
      if (byte == 'e' || byte == 'E') isWhole = false;
      if (isWhole && isDigit(byte)) ++groups.back();
      result.push_back(static_cast<char>(byte));
    }
  }
  return areGroups(groups) && !(groups.size() > 1 && startsWithZero(result));
}

}  // namespace

bool readNumber(Field text, double &number) {
  return readSimple(text, number) || readGeneral(text, number);
}

CellKind CellReader::read(Field field, double &number) const {
  const Field text = trimmed(field);
  if (text.empty() || isMissing(text)) return CellKind::missing;
  if (decimal == '.' && thousands < 0) {
    if (!readNumber(text, number)) return CellKind::text;
  } else {
    std::string plain;
    if (!rewrite(text, decimal, thousands, plain)) return CellKind::text;
    const Field rewritten(reinterpret_cast<const uint8_t *>(plain.data()), plain.size());
    if (!readNumber(rewritten, number)) return CellKind::text;
  }
  return std::isnan(number) || isMissing(number) ? CellKind::missing : CellKind::number;
}

bool CellReader::isMissing(Field text) const {
  return std::any_of(missingTexts.begin(), missingTexts.end(), [&](const std::string &known) {
    return known.size() == text.size() && std::equal(text.begin(), text.end(), known.begin(),
        [](uint8_t left, char right) { return left == static_cast<uint8_t>(right); });
  });
}

bool CellReader::isMissing(double number) const {
  return std::find(missingNumbers.begin(), missingNumbers.end(), number) != missingNumbers.end();
}

}  // namespace anneal
