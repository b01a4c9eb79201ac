// The cells of a typed column in the form that is asked for.

#pragma once

#include <arrow/array.h>
#include <arrow/memory_pool.h>

#include <memory>
#include <string>

#include "ArrowLeaf.h"
#include "CellColumn.h"

namespace anneal {

/// Fills a column of a batch with the values of an array.
///
/// Numbers, dates and truth values are written as a text file would have them where codes or texts are asked
/// for; what is null is missing. Offsets and codes of the array are untrusted.
///
/// - Parameters:
///   - column: The whole array of the file's column to which the leaf belongs.
///   - pool: Where the array's memory is from; cells that keep the array keep it too.
void fill(
    CellColumn &cells, int32_t form, const ArrowLeaf &leaf, std::shared_ptr<arrow::Array> column,
    const std::shared_ptr<arrow::MemoryPool> &pool);

}  // namespace anneal
