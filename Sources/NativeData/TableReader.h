// Arrow IPC files, memory-mapped and validated before any pointer is handed out.

#pragma once

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "CData.h"

/// A mapped file whose every batch was checked: no nulls, dense, and as long as it says.
struct AnnealDataReader {
  explicit AnnealDataReader(const std::string &path);

  int32_t columnCount() const { return static_cast<int32_t>(columns.size()); }
  int32_t batchCount() const { return static_cast<int32_t>(batches.size()); }
  const AnnealDataColumn &column(int32_t index) const;
  /// The rows of a batch, and where each column's values lie.
  int64_t batch(int32_t index, const void **values) const;

 private:
  std::vector<AnnealDataColumn> columns;
  std::vector<std::shared_ptr<arrow::RecordBatch>> batches;
};
