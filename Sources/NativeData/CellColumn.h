// The cells of one column in a batch of rows: as numbers, as codes of their texts, or as texts.

#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "CData.h"
#include "TextCell.h"

namespace anneal {

/// A column that is wanted.
struct ColumnRequest {
  int32_t column = 0;
  int32_t form = ANNEAL_DATA_CELL_NUMBERS;
  CellReader reader;
};

/// Collects the cells of a column row by row.
class CellColumn {
 public:
  /// - Parameter most: No more rows than this are added.
  CellColumn(const ColumnRequest &request, int64_t most);
  ~CellColumn();
  CellColumn(CellColumn &&) noexcept;

  /// Adds the next row's cell.
  ///
  /// - Parameter isPadded: Whether the field is as `readDigits` needs it.
  void add(Field field, bool isPadded) {
    if (numbers != nullptr) {
      addNumber(field, isPadded);
      ++rows;
    } else {
      addOther(field);
    }
  }

  /// Adds a row that is none of the table; what texts there are stay.
  void addMisfit(Field field);
  /// Takes all rows' numbers at once; NaN is missing.
  void take(std::unique_ptr<double[]> all, int64_t count);
  /// The same of numbers that somebody keeps, and that nobody changes.
  void take(std::shared_ptr<const void> owner, const double *all, int64_t count);
  /// The place of a field among the different ones of codes, new or known.
  int32_t entryOf(Field field);
  /// Adds the next row with the field at that place.
  void addEntry(int32_t entry) {
    ++counts[static_cast<size_t>(entry)];
    codes[static_cast<size_t>(rows)] = entry;
    ++rows;
  }
  /// Works out what the cells have in common; nothing is added afterwards.
  void finish();

  AnnealDataCells view() const;

 private:
  struct Codes;

  void addNumber(Field field, bool isPadded) {
    double number;
    const bool isDigits = isPadded && request->reader.isPlain() && readDigits(field, number);
    // Digits of 15 places are in the range of 32 bits, and no more is to be said of them than that.
    if (isDigits && !hasLeadingZero(field)) {
      numbers[static_cast<size_t>(rows)] = number;
    } else {
      addAnyNumber(field);
    }
  }
  void addAnyNumber(Field field);
  void addOther(Field field);
  void addText(Field field);
  void remark(int32_t kind, Field field);
  int32_t newEntry(Field field);
  bool holds(int32_t entry, Field field) const;

  /// The numbers of all rows, ours or those that were taken.
  const double *all() const { return taken != nullptr ? taken : numbers.get(); }

  const ColumnRequest *request;
  int64_t rows = 0;
  int64_t strays = 0;
  int64_t misfits = 0;
  int64_t leadingZeros = 0;
  std::unique_ptr<double[]> numbers;
  const double *taken = nullptr;
  std::shared_ptr<const void> owner;
  std::unique_ptr<int32_t[]> codes;
  std::unique_ptr<Codes> index;

  // The texts: remarkable cells, different fields, or all.
  std::vector<uint8_t> bytes;
  std::vector<int64_t> ends;
  std::vector<int64_t> places;
  std::vector<int32_t> kinds;
  std::vector<int64_t> counts;
  std::vector<double> values;
  std::vector<int64_t> zeros;
  AnnealDataCellFacts facts = {};
};

/// What numbers have in common; NaN is missing.
void describe(const double *numbers, int64_t count, AnnealDataCellFacts &facts);

/// Notes what becomes of a number in 32 bits; of NaN and infinity, and of what becomes so, nothing.
inline void add(double number, AnnealDataRounding &rounding) {
  const double moved = std::fabs(static_cast<double>(static_cast<float>(number)) - number);
  if (!(moved <= std::numeric_limits<double>::max())) return;
  rounding.least = number < rounding.least ? number : rounding.least;
  rounding.greatest = number > rounding.greatest ? number : rounding.greatest;
  if (moved > rounding.move) {
    rounding.worst = number;
    rounding.move = moved;
  }
}

/// Writes columns of numbers as rows of 32-bit ones.
///
/// - Parameters:
///   - rows: The places of those that are wanted; null for the first `count`.
///   - roundings: One for each column, which the numbers are added to; null for none.
void encode(
    const double *const *columns, int32_t width, const int64_t *rows, int64_t count, float *out,
    AnnealDataRounding *roundings);

}  // namespace anneal
