#include "RowGather.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "Guard.h"
#include "MappedFile.h"
#include "TableSchema.h"

namespace anneal {

namespace {

/// How many rows ahead memory is asked for: rows come in any order, so that each would be waited for.
constexpr int64_t ahead = 12;
constexpr size_t cacheLine = 64;

/// Finds the run that holds a row; most runs are as long as the first.
class Finder {
 public:
  explicit Finder(const ColumnRuns &column) : column(column) {
    const auto &last = column.runs[column.count - 1];
    rows = last.start + last.rows;
    usual = std::max<int64_t>(1, column.runs[0].rows);
  }

  const AnnealDataRun &operator()(int64_t row) const {
    if (row < 0 || row >= rows) fail("a row lies outside its table");
    const int64_t guess = std::min<int64_t>(row / usual, column.count - 1);
    const AnnealDataRun &run = column.runs[guess];
    if (row >= run.start && row - run.start < run.rows) return run;
    return *(std::upper_bound(
                 column.runs, column.runs + column.count, row,
                 [](int64_t row, const AnnealDataRun &run) { return row < run.start; }) -
             1);
  }

  int64_t total() const { return rows; }

 private:
  const ColumnRuns &column;
  int64_t rows;
  int64_t usual;
};

bool isPresent(const AnnealDataRun &run, int64_t row) {
  const int64_t bit = run.offset + row;
  return (reinterpret_cast<const uint8_t *>(run.validity)[bit / 8] >> (bit % 8)) & 1;
}

const uint8_t *address(const AnnealDataRun &run, int64_t row, size_t stride) {
  return reinterpret_cast<const uint8_t *>(run.values) +
         static_cast<size_t>(row - run.start) * stride;
}

/// Puts the mark of a missing value in place of the first of a row's.
void setMissing(uint8_t *out, int32_t type) {
  const int32_t code = -1;
  const int64_t wide = -1;
  const float number = std::numeric_limits<float>::quiet_NaN();
  switch (type) {
    case ANNEAL_DATA_INT32: std::memcpy(out, &code, sizeof code); break;
    case ANNEAL_DATA_INT64: std::memcpy(out, &wide, sizeof wide); break;
    default: std::memcpy(out, &number, sizeof number);
  }
}

template <size_t fixed>
void gatherRows(
    const Finder &find, int32_t type, size_t given, const int64_t *positions, int64_t count,
    uint8_t *out) {
  const size_t stride = fixed == 0 ? given : fixed;
  for (int64_t index = 0; index < count; ++index) {
    if (index + ahead < count) {
      const int64_t later = positions[index + ahead];
      const uint8_t *place = address(find(later), later, stride);
      for (size_t byte = 0; byte < std::min(stride, 4 * cacheLine); byte += cacheLine) {
        __builtin_prefetch(place + byte);
      }
    }
    const int64_t row = positions[index];
    const AnnealDataRun &run = find(row);
    std::memcpy(out, address(run, row, stride), stride);
    if (run.validity != 0 && !isPresent(run, row - run.start)) setMissing(out, type);
    out += stride;
  }
}

void copyRows(
    const Finder &find, int32_t type, size_t stride, int64_t first, int64_t count, uint8_t *out) {
  while (count > 0) {
    const AnnealDataRun &run = find(first);
    const int64_t rows = std::min(count, run.start + run.rows - first);
    std::memcpy(out, address(run, first, stride), static_cast<size_t>(rows) * stride);
    for (int64_t row = 0; run.validity != 0 && row < rows; ++row) {
      if (!isPresent(run, first - run.start + row)) {
        setMissing(out + static_cast<size_t>(row) * stride, type);
      }
    }
    out += static_cast<size_t>(rows) * stride;
    first += rows;
    count -= rows;
  }
}

/// Advice that the system refuses makes no difference to what is read.
void give(int advice, uintptr_t start, uintptr_t end) {
  if (advice == MADV_WILLNEED) return MappedFile::fetch(start, end);
  // Pages that are taken out of the mapping as they are would count as used a moment ago, and stay longer than
  // those that are fetched and not read yet.
  if (advice == MADV_DONTNEED) madvise(reinterpret_cast<void *>(start), end - start, MADV_COLD);
  madvise(reinterpret_cast<void *>(start), end - start, advice);
}

}  // namespace

void gather(
    const ColumnRuns &column, const int64_t *positions, int64_t first, int64_t count, void *out) {
  if (count <= 0) return;
  if (column.count <= 0) fail("a row lies outside its table");
  const auto stride = static_cast<size_t>(column.width * elementSize(column.type));
  const Finder find(column);
  auto *bytes = static_cast<uint8_t *>(out);
  if (positions == nullptr) {
    if (first < 0 || count > find.total() - first) fail("a row lies outside its table");
    return copyRows(find, column.type, stride, first, count, bytes);
  }
  switch (stride) {
    case 4: return gatherRows<4>(find, column.type, stride, positions, count, bytes);
    case 8: return gatherRows<8>(find, column.type, stride, positions, count, bytes);
    default: return gatherRows<0>(find, column.type, stride, positions, count, bytes);
  }
}

void advise(const ColumnRuns &column, int64_t first, int64_t count, int32_t advice) {
  if (count <= 0) return;
  if (column.count <= 0) fail("a row lies outside its table");
  const auto stride = static_cast<size_t>(column.width * elementSize(column.type));
  const Finder find(column);
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const bool done = advice == ANNEAL_DATA_DONE;
  const int flag = done                              ? MADV_DONTNEED
                   : advice == ANNEAL_DATA_ANY_ORDER ? MADV_RANDOM
                   : advice == ANNEAL_DATA_IN_ORDER  ? MADV_NORMAL
                                                     : MADV_WILLNEED;
  while (count > 0) {
    const AnnealDataRun &run = find(first);
    const int64_t rows = std::min(count, run.start + run.rows - first);
    auto start = reinterpret_cast<uintptr_t>(address(run, first, stride));
    uintptr_t end = start + static_cast<size_t>(rows) * stride;
    // Pages that other rows share are still needed, and may as well be fetched with these.
    start = (done ? start + page - 1 : start) / page * page;
    end = (done ? end : end + page - 1) / page * page;
    if (start < end) give(flag, start, end);
    first += rows;
    count -= rows;
  }
}

}  // namespace anneal
