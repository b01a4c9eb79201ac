// Arrow IPC files, memory-mapped and validated before any pointer is handed out.

#pragma once

#include <arrow/array.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "CData.h"

/// A mapped file whose every batch was checked: dense, as long as it says, without codes that stand for
/// no text, and with nulls only in columns of one value a row that may have them.
struct AnnealDataReader {
  explicit AnnealDataReader(const std::string &path);

  int32_t columnCount() const { return static_cast<int32_t>(columns.size()); }
  int32_t batchCount() const { return static_cast<int32_t>(batches.size()); }
  const AnnealDataColumn &column(int32_t index) const;
  /// Where the rows of a batch lie, for each column.
  void batch(int32_t index, AnnealDataRun *runs) const;
  /// How many texts a coded column has, and where they lie.
  int32_t texts(int32_t column, const int32_t **offsets, const uint8_t **bytes) const;

 private:
  std::vector<AnnealDataColumn> columns;
  std::vector<std::shared_ptr<arrow::RecordBatch>> batches;
  /// The dictionary of each coded column; null for others.
  std::vector<std::shared_ptr<arrow::Array>> dictionaries;
};
