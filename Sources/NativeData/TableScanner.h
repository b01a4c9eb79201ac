// Reads the rows of a delimited file on several threads.

#pragma once

#include <arrow/util/future.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "CData.h"
#include "CellColumn.h"

/// Some rows, column by column.
struct AnnealDataBatch {
  std::shared_ptr<const std::vector<anneal::ColumnRequest>> requests;
  std::vector<anneal::CellColumn> columns;
  int64_t rows = 0;
  int64_t firstLine = 1;

  /// How many lines after the first each row starts; empty where each row is one line.
  std::vector<int32_t> lines;
  std::vector<int64_t> misfitRows;
  std::vector<int64_t> misfitFields;
  bool isLast = false;
  AnnealDataRowFailure failure = ANNEAL_DATA_ROWS_WHOLE;
  int64_t failureLine = 0;

  /// How many lines the text has that the rows stand in.
  int64_t lineCount = 0;

  AnnealDataRows view() const;
};

namespace anneal {

using Requests = std::shared_ptr<const std::vector<ColumnRequest>>;

/// The requests as the C face spells them.
Requests requestsOf(
    const AnnealDataCellRequest *requests, int32_t count, const AnnealDataMissing &missing);

/// The cells of one column whose texts are given.
std::unique_ptr<AnnealDataBatch> batchOf(
    const Requests &requests, int64_t rows, const uint8_t *bytes, const int64_t *ends,
    const uint8_t *isRow);

/// Memory that is not cleared before it is filled.
struct Uncleared : std::allocator<uint8_t> {
  template <typename Other>
  struct rebind {
    using other = Uncleared;
  };
  void construct(uint8_t *) {}
  template <typename... Values>
  void construct(uint8_t *place, Values &&...values) {
    *place = uint8_t(std::forward<Values>(values)...);
  }
};

using Bytes = std::vector<uint8_t, Uncleared>;

/// Bytes of a file that are followed by as many as a `MarkFinder` may look at.
struct Piece {
  Bytes bytes;
  int64_t size = 0;

  /// Whether no row ends in it, however long it is.
  bool isEndless = false;
};

}  // namespace anneal

/// Cuts a file into pieces of whole rows, which threads of Arrow's pool take apart.
struct AnnealDataScanner {
  using Read = std::function<int64_t(uint8_t *, int64_t)>;

  AnnealDataScanner(const AnnealDataRowFormat &format, anneal::Requests requests, Read read);
  ~AnnealDataScanner();

  /// The next rows; null at the end.
  std::unique_ptr<AnnealDataBatch> next();

 private:
  using Batch = std::shared_ptr<AnnealDataBatch>;

  struct Job {
    std::shared_ptr<anneal::Piece> piece;
    bool isLast;
    arrow::Future<Batch> result;
  };

  void start();
  /// The next piece of whole rows; null at the end.
  std::shared_ptr<anneal::Piece> cut(int64_t size);
  /// Reads on until there are so many bytes, or all.
  void fill(int64_t size);
  /// How many bytes at the start are whole rows; 0 where the end of the first row is not there.
  int64_t wholeRows();
  int64_t wholeRowsByReading() const;
  void schedule();
  /// Takes back what was cut behind a place where rows do not end.
  void rejoin(const anneal::Piece &broken);
  std::unique_ptr<AnnealDataBatch> deliver(Batch batch, bool isLast);

  AnnealDataRowFormat format;
  anneal::Requests requests;
  Read read;
  int64_t pieceSize;
  int64_t firstSize;

  /// What was read and not cut yet; it starts with a row.
  anneal::Bytes pending;
  int64_t pendingSize = 0;
  bool isAtEnd = false;
  bool hasStarted = false;
  bool hasFailed = false;

  /// Whether rows end at lines within an even number of quotes, as they do unless quotes stand within plain
  /// fields.
  bool cutsByQuotes = true;
  int64_t rowsToSkip = 0;
  int64_t line = 1;
  int64_t batches = 0;
  std::deque<Job> jobs;
};
