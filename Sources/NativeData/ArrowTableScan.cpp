#include <arrow/array.h>
#include <arrow/util/parallel.h>

#include <algorithm>
#include <future>
#include <map>

#include "ArrowCells.h"
#include "ArrowStatus.h"
#include "ArrowTable.h"
#include "Guard.h"

using anneal::check;
using anneal::fail;

namespace {

/// Rows of a batch: enough for little to do between batches, and few enough for a column to stay in a
/// processor's cache from where it is decoded to where it is encoded.
constexpr int64_t rowsAtOnce = 1 << 15;
constexpr int64_t firstRows = 1024;

/// Columns of nulls take no bytes, so that a file of a few may claim any number of rows.
constexpr int64_t mostRowsOfBatch = int64_t{1} << 32;

/// Bytes of a batch, as far as that can be chosen.
constexpr int64_t batchBytes = 32 << 20;

/// Holds an array against its own lengths, so that nothing beyond them is read.
void validate(const arrow::Array &array) {
  check(arrow::is_fixed_width(array.type_id()) && array.type_id() != arrow::Type::DICTIONARY
            ? array.Validate()
            : array.ValidateFull());
}

}  // namespace

AnnealDataTableScan::AnnealDataTableScan(const AnnealDataTable &table, anneal::Requests wanted)
    : leaves(table.leaves), pool(table.pool), requests(std::move(wanted)) {
  std::map<int, int> places;
  int64_t width = 8;
  for (const auto &request : *requests) {
    if (request.column < 0 || request.column >= static_cast<int32_t>(leaves.size())) {
      fail("there is no such column");
    }
    const auto &leaf = leaves[static_cast<size_t>(request.column)];
    if (leaf.kind == ANNEAL_DATA_LEAF_NESTED) {
      fail("the column '" + leaf.name + "' holds " + leaf.type + ", which is not read");
    }
    places.emplace(leaf.path[0], 0);
    width += leaf.kind == ANNEAL_DATA_LEAF_BYTES ? 1 << 16 : 16;
  }
  std::vector<int> columns;
  for (auto &[column, place] : places) {
    place = static_cast<int>(columns.size());
    columns.push_back(column);
  }
  for (const auto &request : *requests) {
    leafOf.push_back(static_cast<size_t>(request.column));
    placeOf.push_back(places[leaves[static_cast<size_t>(request.column)].path[0]]);
  }
  mostRows = std::clamp<int64_t>(batchBytes / width, 64, rowsAtOnce);
  reader = table.batches(columns, mostRows);
  producer = std::thread([this] { produce(); });
}

AnnealDataTableScan::~AnnealDataTableScan() {
  {
    const std::lock_guard guard(lock);
    isCancelled = true;
  }
  changed.notify_all();
  producer.join();
}

void AnnealDataTableScan::produce() {
  try {
    produceAll();
  } catch (...) {
    const std::lock_guard guard(lock);
    failure = std::current_exception();
  }
  {
    const std::lock_guard guard(lock);
    isDone = true;
  }
  changed.notify_all();
}

std::shared_ptr<arrow::RecordBatch> AnnealDataTableScan::read() {
  std::shared_ptr<arrow::RecordBatch> batch;
  check(reader->ReadNext(&batch));
  if (batch == nullptr) return nullptr;
  if (batch->num_rows() > mostRowsOfBatch) {
    fail("it claims " + std::to_string(batch->num_rows()) + " rows in one batch");
  }
  check(arrow::internal::ParallelFor(batch->num_columns(), [&](int column) {
    const auto array = batch->column(column);
    try {
      validate(*array);
    } catch (const std::exception &error) {
      return arrow::Status::Invalid(error.what());
    }
    return arrow::Status::OK();
  }));
  return batch;
}

void AnnealDataTableScan::produceAll() {
  bool isFirst = true;
  for (auto batch = read(); batch != nullptr;) {
    // What follows is read while the rows of this batch are converted: each of the two leaves threads
    // without work when it comes to its end.
    std::future<std::shared_ptr<arrow::RecordBatch>> following;
    const auto readOn = [&] {
      following = std::async(std::launch::async, [this] { return read(); });
    };
    if (!isFirst) readOn();
    std::shared_ptr<arrow::RecordBatch> next;
    bool isLooked = false;
    // One batch of a file may hold all its rows; the first rows come by themselves, to guess from.
    for (int64_t start = 0; start < batch->num_rows();) {
      const int64_t most = isFirst ? std::min(firstRows, mostRows) : mostRows;
      const int64_t count = std::min(most, batch->num_rows() - start);
      auto part = convert(*batch->Slice(start, count));
      start += count;
      if (isFirst && start == batch->num_rows()) {
        next = read();
        isLooked = true;
        part->isLast = next == nullptr;
      }
      std::unique_lock guard(lock);
      changed.wait(guard, [this] { return isCancelled || ready.size() < 3; });
      if (isCancelled) return;
      ready.push_back(std::move(part));
      changed.notify_all();
      // Nobody may want more than the first rows.
      if (isFirst) changed.wait(guard, [this] { return isCancelled || calls > 1; });
      if (isCancelled) return;
      guard.unlock();
      if (isFirst && !isLooked) readOn();
      isFirst = false;
    }
    if (!isLooked) next = following.valid() ? following.get() : read();
    batch = std::move(next);
  }
}

std::unique_ptr<AnnealDataBatch> AnnealDataTableScan::convert(
    const arrow::RecordBatch &batch) const {
  auto result = std::make_unique<AnnealDataBatch>();
  result->requests = requests;
  result->rows = batch.num_rows();
  for (const auto &request : *requests) result->columns.emplace_back(request, batch.num_rows());
  check(arrow::internal::ParallelFor(static_cast<int>(requests->size()), [&](int index) {
    const auto place = static_cast<size_t>(index);
    try {
      auto &cells = result->columns[place];
      anneal::fill(
          cells, (*requests)[place].form, leaves[leafOf[place]], batch.column(placeOf[place]),
          pool);
      cells.finish();
    } catch (const std::exception &error) {
      return arrow::Status::Invalid(
          "the column '" + leaves[leafOf[place]].name + "': " + error.what());
    }
    return arrow::Status::OK();
  }));
  return result;
}

std::unique_ptr<AnnealDataBatch> AnnealDataTableScan::next() {
  std::unique_lock guard(lock);
  if (++calls > 1) changed.notify_all();
  changed.wait(guard, [this] { return isDone || !ready.empty(); });
  if (ready.empty()) {
    if (failure != nullptr) std::rethrow_exception(failure);
    return nullptr;
  }
  auto batch = std::move(ready.front());
  ready.pop_front();
  if (isDone && ready.empty() && failure == nullptr) batch->isLast = true;
  guard.unlock();
  changed.notify_all();
  return batch;
}
