// Tables in files: Arrow IPC as Anneal's datasets keep them, Parquet and CSV for others.

#pragma once

#include <arrow/array.h>
#include <arrow/io/file.h>
#include <arrow/ipc/writer.h>
#include <arrow/type.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CData.h"

/// Writes record batches. Arrow files are uncompressed and aligned to 64 bytes, so that a mapped column can
/// be read by vector instructions as it lies.
struct AnnealDataWriter {
  AnnealDataWriter(
      const std::string &path, int32_t format, const AnnealDataColumn *columns, int32_t count);

  /// The texts of a coded column; only before the first batch.
  void texts(int32_t column, int32_t count, const int32_t *offsets, const uint8_t *bytes);
  /// A remark on a column, or on the table where that is -1; only before the first batch.
  void note(int32_t column, const char *key, const char *value);
  /// Appends one batch; `columns[i]` points at `rows` dense rows of the i-th column.
  void append(int64_t rows, const void *const *columns);
  /// Writes the footer and closes the file.
  void finish();
  /// Whether all floating-point values so far are finite.
  bool isFinite() const { return finite; }

 private:
  using Notes = std::vector<std::pair<std::string, std::string>>;

  void requireUnbegun() const;
  void begin();
  std::shared_ptr<arrow::Array> array(
      const AnnealDataColumn &column, size_t index, int64_t rows, const void *values) const;

  int32_t format;
  std::vector<AnnealDataColumn> columns;
  std::vector<std::shared_ptr<arrow::Array>> dictionaries;
  /// Those of each column, then those of the table.
  std::vector<Notes> notes;
  bool finite = true;
  std::shared_ptr<arrow::Schema> schema;
  std::shared_ptr<arrow::io::FileOutputStream> file;
  /// What writes a batch, and what ends the table; empty before the first batch.
  std::function<arrow::Status(const arrow::RecordBatch &)> write;
  std::function<arrow::Status()> close;
};
