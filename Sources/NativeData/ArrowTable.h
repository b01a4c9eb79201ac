// Tables in files of types: Parquet, and Arrow's own format as a file or a stream.

#pragma once

#include <arrow/io/interfaces.h>
#include <arrow/memory_pool.h>
#include <arrow/record_batch.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ArrowLeaf.h"
#include "CData.h"
#include "TableScanner.h"

/// What a file says of its columns, and the file, to be scanned as often as needed.
struct AnnealDataTable {
  AnnealDataTable(const std::string &path, int32_t format);

  /// Opens the record batches of the file's columns at some places, in their order.
  std::shared_ptr<arrow::RecordBatchReader> batches(
      const std::vector<int> &columns, int64_t rowsAtOnce) const;

  std::string path;
  int32_t format;
  std::shared_ptr<arrow::Schema> schema;
  std::vector<anneal::ArrowLeaf> leaves;

  /// Rows of the file; -1 where it does not say.
  int64_t rows = -1;

  /// Refuses to give more memory than a file of the size can be worth.
  std::shared_ptr<arrow::MemoryPool> pool;
};

/// Decodes batches ahead, on a thread of its own and those of Arrow's pool.
struct AnnealDataTableScan {
  AnnealDataTableScan(const AnnealDataTable &table, anneal::Requests requests);
  ~AnnealDataTableScan();

  /// The next rows; null at the end.
  std::unique_ptr<AnnealDataBatch> next();

 private:
  void produce();
  void produceAll();
  /// The next rows as the file has them, held against their own lengths; null at the end.
  std::shared_ptr<arrow::RecordBatch> read();
  std::unique_ptr<AnnealDataBatch> convert(const arrow::RecordBatch &batch) const;

  std::vector<anneal::ArrowLeaf> leaves;
  std::shared_ptr<arrow::MemoryPool> pool;
  std::shared_ptr<arrow::RecordBatchReader> reader;

  /// For each request its leaf, and the place of its column among those that are read.
  std::vector<size_t> leafOf;
  std::vector<int> placeOf;
  anneal::Requests requests;

  /// Of a batch.
  int64_t mostRows = 0;

  std::mutex lock;
  std::condition_variable changed;
  std::deque<std::unique_ptr<AnnealDataBatch>> ready;
  std::exception_ptr failure;
  bool isDone = false;
  bool isCancelled = false;

  /// How often somebody asked for rows.
  int64_t calls = 0;
  std::thread producer;
};
