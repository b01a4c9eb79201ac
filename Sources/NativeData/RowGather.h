// Copying rows out of mapped columns.

#pragma once

#include <cstdint>

#include "CData.h"

namespace anneal {

/// A column whose rows lie in several runs.
struct ColumnRuns {
  const AnnealDataRun *runs;
  int32_t count;
  /// The element type, and the elements of a row.
  int32_t type;
  int64_t width;
};

/// Copies the rows at `positions`, or `count` rows from `first` on where that is null, one after the
/// other to `out`; throws where one lies outside the runs.
void gather(
    const ColumnRuns &column, const int64_t *positions, int64_t first, int64_t count, void *out);

/// Tells the system that rows will be read soon, or that they are done with.
void advise(const ColumnRuns &column, int64_t first, int64_t count, int32_t advice);

}  // namespace anneal
