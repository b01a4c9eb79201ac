#include "CellColumn.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "FieldHash.h"

namespace anneal {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The few different numbers of a column, in the order in which they come.
class FewNumbers {
 public:
  explicit FewNumbers(AnnealDataCellFacts &facts) : facts(facts) {}

  bool isFull() const { return facts.distinct_count == ANNEAL_DATA_MAX_DISTINCT; }

  void add(double number) {
    // Both zeros are the same number.
    uint64_t bits = 0;
    if (number != 0) std::memcpy(&bits, &number, 8);
    size_t slot = (bits * 0x9e3779b97f4a7c15u) >> 57;
    for (; slots[slot] != 0; slot = (slot + 1) % 128) {
      if (facts.distinct[slots[slot] - 1] == number) return;
    }
    facts.distinct[facts.distinct_count++] = number;
    slots[slot] = static_cast<uint8_t>(facts.distinct_count);
  }

 private:
  AnnealDataCellFacts &facts;
  uint8_t slots[128] = {};
};

// Loops over numbers are compiled for wide vectors too, where the processor has them.
#if defined(__x86_64__)
#define ANNEAL_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define ANNEAL_WIDE
#endif

/// What plain loops tell of numbers: so many lanes go side by side.
constexpr int64_t lanes = 8;

struct Extent {
  double least;
  double greatest;
  /// The farthest that a number moves in 32 bits, of those that stay finite.
  double move;
  int64_t present;
  bool hasFractions;
};

ANNEAL_WIDE void measure(const double *numbers, int64_t count, Extent &extent) {
  double least[lanes];
  double greatest[lanes];
  double moves[lanes] = {};
  int64_t present[lanes] = {};
  int64_t fractions[lanes] = {};
  for (int64_t lane = 0; lane < lanes; ++lane) {
    least[lane] = infinity;
    greatest[lane] = -infinity;
  }
  const auto add = [&](int64_t row, int64_t lane) __attribute__((always_inline)) {
    const double number = numbers[row];
    least[lane] = number < least[lane] ? number : least[lane];
    greatest[lane] = number > greatest[lane] ? number : greatest[lane];
    present[lane] += number == number ? 1 : 0;
    // Adding and taking away 1.5 * 2^52 leaves a whole number; numbers beyond 2^51 are not told by it.
    const double rounded = number + 0x1.8p52 - 0x1.8p52;
    const bool isSmall = std::fabs(number) < 0x1p51;
    fractions[lane] += isSmall && rounded != number ? 1 : 0;
    const double moved = std::fabs(static_cast<double>(static_cast<float>(number)) - number);
    const bool isFarther = moved > moves[lane] && moved < infinity;
    moves[lane] = isFarther ? moved : moves[lane];
  };
  int64_t row = 0;
  for (; row + lanes <= count; row += lanes) {
    for (int64_t lane = 0; lane < lanes; ++lane) add(row + lane, lane);
  }
  for (; row < count; ++row) add(row, 0);
  extent = {infinity, -infinity, 0, 0, false};
  for (int64_t lane = 0; lane < lanes; ++lane) {
    extent.least = least[lane] < extent.least ? least[lane] : extent.least;
    extent.greatest = greatest[lane] > extent.greatest ? greatest[lane] : extent.greatest;
    extent.move = moves[lane] > extent.move ? moves[lane] : extent.move;
    extent.present += present[lane];
    extent.hasFractions = extent.hasFractions || fractions[lane] > 0;
  }
}

/// Whether any number is infinite in 32 bits.
ANNEAL_WIDE bool hasInfinite(const double *numbers, int64_t count) {
  uint32_t most = 0;
  for (int64_t row = 0; row < count; ++row) {
    const float number = std::fabs(static_cast<float>(numbers[row]));
    uint32_t bits;
    std::memcpy(&bits, &number, 4);
    // NaN is none, and has greater bits.
    const uint32_t own = bits > 0x7f800000u ? 0 : bits;
    most = own > most ? own : most;
  }
  return most == 0x7f800000u;
}

/// Whether a number has decimals; those beyond 2^52 have none.
bool isFraction(double number) {
  return std::fabs(number) < 0x1p52 && std::trunc(number) != number;
}

/// What becomes of numbers in 32 bits, with the first that moves farthest.
AnnealDataRounding roundingOf(const double *numbers, int64_t count, const Extent &extent) {
  AnnealDataRounding rounding = {extent.least, extent.greatest, 0, extent.move};
  const double most = std::numeric_limits<float>::max();
  // Numbers that become infinite are none of those that move.
  if (extent.present > 0 && (extent.least < -most || extent.greatest > most)) {
    rounding = {infinity, -infinity, 0, 0};
    for (int64_t row = 0; row < count; ++row) add(numbers[row], rounding);
    return rounding;
  }
  for (int64_t row = 0; extent.move > 0 && row < count; ++row) {
    const double number = numbers[row];
    if (std::fabs(static_cast<double>(static_cast<float>(number)) - number) != extent.move) continue;
    rounding.worst = number;
    break;
  }
  return rounding;
}

}  // namespace

void describe(const double *numbers, int64_t count, AnnealDataCellFacts &facts) {
  Extent extent;
  measure(numbers, count, extent);
  facts.numbers = extent.present;
  facts.missing = count - extent.present;
  facts.least = extent.least;
  facts.greatest = extent.greatest;
  const bool isLarge = extent.present > 0 && (extent.least <= -0x1p51 || extent.greatest >= 0x1p51);
  facts.integral = !extent.hasFractions &&
                   !(isLarge && std::any_of(numbers, numbers + count, isFraction));
  FewNumbers few(facts);
  facts.counts = 1;
  bool isFirst = true;
  for (int64_t row = 0; row < count && !(few.isFull() && facts.counts == 0); ++row) {
    const double number = numbers[row];
    if (std::isnan(number)) continue;
    if (isFirst) facts.first = number;
    if (!isFirst && number != facts.last + 1) facts.counts = 0;
    facts.last = number;
    isFirst = false;
    if (!few.isFull()) few.add(number);
  }
  for (int64_t row = count - 1; row >= 0; --row) {
    if (std::isnan(numbers[row])) continue;
    facts.last = numbers[row];
    break;
  }
  facts.rounding = roundingOf(numbers, count, extent);
}

void encode(
    const double *const *columns, int32_t width, const int64_t *rows, int64_t count, float *out,
    AnnealDataRounding *roundings) {
  // So many rows and columns at a time stay in the nearest cache.
  constexpr int64_t tile = 64;
  for (int64_t start = 0; start < count; start += tile) {
    const int64_t end = std::min(count, start + tile);
    for (int32_t column = 0; column < width; ++column) {
      const double *numbers = columns[column];
      for (int64_t index = start; index < end; ++index) {
        const double number = numbers[rows == nullptr ? index : rows[index]];
        out[index * width + column] = std::isnan(number)
                                          ? std::numeric_limits<float>::quiet_NaN()
                                          : static_cast<float>(number);
        if (roundings != nullptr) add(number, roundings[column]);
      }
    }
  }
}

/// The different fields of a column, found by their bytes.
struct CellColumn::Codes {
  std::vector<int32_t> slots = std::vector<int32_t>(256, -1);
  std::vector<uint64_t> hashes;

  void grow() {
    slots.assign(slots.size() * 2, -1);
    for (size_t entry = 0; entry < hashes.size(); ++entry) {
      size_t slot = hashes[entry] & (slots.size() - 1);
      while (slots[slot] >= 0) slot = (slot + 1) & (slots.size() - 1);
      slots[slot] = static_cast<int32_t>(entry);
    }
  }
};

CellColumn::CellColumn(const ColumnRequest &request, int64_t most) : request(&request) {
  switch (request.form) {
    case ANNEAL_DATA_CELL_NUMBERS:
      numbers.reset(new double[static_cast<size_t>(most)]);
      break;
    case ANNEAL_DATA_CELL_CODES:
      codes.reset(new int32_t[static_cast<size_t>(most)]);
      index = std::make_unique<Codes>();
      break;
    default: break;
  }
}

CellColumn::~CellColumn() = default;
CellColumn::CellColumn(CellColumn &&) noexcept = default;

void CellColumn::addOther(Field field) {
  switch (request->form) {
    case ANNEAL_DATA_CELL_CODES: addEntry(entryOf(field)); return;
    default: addText(field); break;
  }
  ++rows;
}

bool CellColumn::holds(int32_t entry, Field field) const {
  const int64_t start = entry == 0 ? 0 : ends[static_cast<size_t>(entry) - 1];
  const int64_t size = ends[static_cast<size_t>(entry)] - start;
  return size == static_cast<int64_t>(field.size()) &&
         areEqual(bytes.data() + start, field.data(), field.size());
}

int32_t CellColumn::entryOf(Field field) {
  const uint64_t hash = hashOf(field);
  const size_t mask = index->slots.size() - 1;
  size_t slot = hash & mask;
  for (int32_t known = -1; (known = index->slots[slot]) >= 0; slot = (slot + 1) & mask) {
    if (index->hashes[static_cast<size_t>(known)] == hash && holds(known, field)) return known;
  }
  index->slots[slot] = static_cast<int32_t>(index->hashes.size());
  index->hashes.push_back(hash);
  return newEntry(field);
}

int32_t CellColumn::newEntry(Field field) {
  const auto entry = static_cast<int32_t>(kinds.size());
  addText(field);
  places.push_back(rows);
  counts.push_back(0);
  double number = nan;
  kinds.push_back(static_cast<int32_t>(request->reader.read(field, number)));
  values.push_back(number);
  if (index->hashes.size() * 2 > index->slots.size()) index->grow();
  return entry;
}

void CellColumn::take(std::unique_ptr<double[]> numbers, int64_t count) {
  const double *const first = numbers.get();
  take(std::shared_ptr<const double[]>(std::move(numbers)), first, count);
}

void CellColumn::take(std::shared_ptr<const void> keeper, const double *first, int64_t count) {
  owner = std::move(keeper);
  taken = first;
  numbers.reset();
  if (!hasInfinite(taken, count)) {
    rows = count;
    return;
  }
  for (; rows < count; ++rows) {
    const double number = taken[rows];
    if (!std::isinf(static_cast<float>(number))) continue;
    const std::string text = std::isinf(number) ? (number < 0 ? "-inf" : "inf")
                                                : std::to_string(number);
    remark(
        std::isinf(number) ? ANNEAL_DATA_REMARK_INFINITE : ANNEAL_DATA_REMARK_TOO_LARGE,
        Field(reinterpret_cast<const uint8_t *>(text.data()), text.size()));
  }
}

void CellColumn::addMisfit(Field field) {
  switch (request->form) {
    case ANNEAL_DATA_CELL_NUMBERS: numbers[static_cast<size_t>(rows)] = nan; break;
    case ANNEAL_DATA_CELL_CODES: codes[static_cast<size_t>(rows)] = -1; break;
    default: addText(field); break;
  }
  ++misfits;
  ++rows;
}

void CellColumn::addAnyNumber(Field field) {
  double number = nan;
  const CellKind kind = request->reader.read(field, number);
  if (kind != CellKind::number) number = nan;
  numbers[static_cast<size_t>(rows)] = number;
  if (kind == CellKind::missing) return;
  if (kind == CellKind::text) {
    ++strays;
    remark(ANNEAL_DATA_REMARK_TEXT, field);
    return;
  }
  if (std::isinf(static_cast<float>(number))) {
    const bool isWord = std::isinf(number) && std::none_of(field.begin(), field.end(), isDigit);
    remark(isWord ? ANNEAL_DATA_REMARK_INFINITE : ANNEAL_DATA_REMARK_TOO_LARGE, field);
  }
  const Field text = trimmed(field);
  if (!hasLeadingZero(text)) return;
  ++leadingZeros;
  constexpr size_t mostZeros = 8;
  const bool isKnown = zeros.size() == mostZeros ||
                       std::any_of(zeros.begin(), zeros.end(), [&](int64_t place) {
                         const int64_t start = place == 0 ? 0 : ends[static_cast<size_t>(place - 1)];
                         const int64_t end = ends[static_cast<size_t>(place)];
                         const Field known(bytes.data() + start, static_cast<size_t>(end - start));
                         return trimmed(known) == text;
                       });
  if (isKnown) return;
  zeros.push_back(static_cast<int64_t>(ends.size()));
  remark(ANNEAL_DATA_REMARK_LEADING_ZERO, field);
}

void CellColumn::addText(Field field) {
  bytes.insert(bytes.end(), field.begin(), field.end());
  ends.push_back(static_cast<int64_t>(bytes.size()));
}

void CellColumn::remark(int32_t kind, Field field) {
  addText(field);
  places.push_back(rows);
  kinds.push_back(kind);
}

void CellColumn::finish() {
  if (request->form == ANNEAL_DATA_CELL_NUMBERS) {
    describe(all(), rows, facts);
    facts.texts = strays;
    facts.missing -= strays + misfits;
    facts.leading_zeros = leadingZeros;
  } else if (request->form == ANNEAL_DATA_CELL_CODES) {
    index.reset();
    std::vector<double> sequence;
    const bool hasNumbers =
        std::any_of(kinds.begin(), kinds.end(), [](int32_t kind) { return kind == 1; });
    if (hasNumbers) {
      for (int64_t row = 0; row < rows; ++row) {
        const int32_t entry = codes[static_cast<size_t>(row)];
        const bool isNumber = entry >= 0 && kinds[static_cast<size_t>(entry)] == 1;
        sequence.push_back(isNumber ? values[static_cast<size_t>(entry)] : nan);
      }
    }
    describe(sequence.data(), static_cast<int64_t>(sequence.size()), facts);
    facts.missing = 0;
    int64_t start = 0;
    for (size_t entry = 0; entry < kinds.size(); ++entry) {
      const Field field(bytes.data() + start, static_cast<size_t>(ends[entry] - start));
      start = ends[entry];
      if (kinds[entry] == static_cast<int32_t>(CellKind::missing)) facts.missing += counts[entry];
      if (kinds[entry] == static_cast<int32_t>(CellKind::text)) facts.texts += counts[entry];
      if (kinds[entry] == static_cast<int32_t>(CellKind::number) &&
          hasLeadingZero(trimmed(field))) {
        facts.leading_zeros += counts[entry];
      }
    }
  }
}

AnnealDataCells CellColumn::view() const {
  AnnealDataCells cells = {};
  cells.rows = rows;
  cells.numbers = all();
  cells.codes = codes.get();
  cells.texts = static_cast<int64_t>(ends.size());
  cells.bytes = bytes.data();
  cells.ends = ends.data();
  cells.text_rows = places.data();
  cells.text_kinds = kinds.data();
  cells.text_counts = counts.data();
  cells.text_numbers = values.data();
  cells.facts = facts;
  return cells;
}

}  // namespace anneal
