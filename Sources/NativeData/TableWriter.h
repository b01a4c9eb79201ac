// Arrow IPC files as Anneal's datasets keep them.

#pragma once

#include <arrow/io/file.h>
#include <arrow/ipc/writer.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "CData.h"

/// Writes record batches, uncompressed and aligned to 64 bytes so that a mapped column can be
/// read by vector instructions as it lies.
struct AnnealDataWriter {
  AnnealDataWriter(const std::string &path, const AnnealDataColumn *columns, int32_t count);

  /// Appends one batch; `columns[i]` points at `rows` dense rows of the i-th column.
  void append(int64_t rows, const void *const *columns);
  /// Writes the footer and closes the file.
  void finish();

 private:
  std::vector<AnnealDataColumn> columns;
  std::shared_ptr<arrow::Schema> schema;
  std::shared_ptr<arrow::io::FileOutputStream> file;
  std::shared_ptr<arrow::ipc::RecordBatchWriter> writer;
};
