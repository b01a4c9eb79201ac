#include "ArrowTable.h"

#include <arrow/array.h>
#include <arrow/io/file.h>
#include <arrow/ipc/options.h>
#include <arrow/ipc/reader.h>
#include <arrow/util/parallel.h>
#include <parquet/arrow/reader.h>
#include <parquet/properties.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "ArrowCells.h"
#include "Guard.h"

using anneal::check;
using anneal::fail;

namespace {

constexpr int64_t rowsAtOnce = 1 << 16;
constexpr int64_t firstRows = 1024;

/// Columns of nulls take no bytes, so that a file of a few may claim any number of rows.
constexpr int64_t mostRowsOfBatch = int64_t{1} << 32;

/// Bytes of a batch, as far as that can be chosen.
constexpr int64_t batchBytes = 32 << 20;

std::shared_ptr<arrow::io::RandomAccessFile> open(const std::string &path) {
  return check(arrow::io::ReadableFile::Open(path));
}

/// A pool that refuses to give more memory than a bound, rounded up to 64 MiB.
///
/// Pools are kept for other tables and never destroyed. Where reading ends early, as that of a damaged file
/// does, Arrow's threads may still have something to give back that they took for it.
std::shared_ptr<arrow::MemoryPool> cappedPool(int64_t most) {
  static std::mutex lock;
  static auto &kept = *new std::map<int64_t, std::vector<std::shared_ptr<arrow::MemoryPool>>>;
  const int64_t parts = (most >> 26) + 1;
  const std::lock_guard guard(lock);
  auto &pools = kept[parts];
  for (const auto &pool : pools) {
    if (pool.use_count() == 1 && pool->bytes_allocated() == 0) return pool;
  }
  pools.push_back(
      std::make_shared<arrow::CappedMemoryPool>(arrow::default_memory_pool(), parts << 26));
  return pools.back();
}

/// Record batches of Arrow's own format, of the columns that are wanted.
class FileBatches : public arrow::RecordBatchReader {
 public:
  FileBatches(
      std::shared_ptr<arrow::ipc::RecordBatchFileReader> file, std::shared_ptr<arrow::Schema> schema)
      : file(std::move(file)), own(std::move(schema)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return own; }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch> *batch) override {
    if (index == file->num_record_batches()) {
      batch->reset();
      return arrow::Status::OK();
    }
    return file->ReadRecordBatch(index++).Value(batch);
  }

 private:
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> file;
  std::shared_ptr<arrow::Schema> own;
  int index = 0;
};

arrow::ipc::IpcReadOptions options(arrow::MemoryPool *pool, const std::vector<int> &columns) {
  auto options = arrow::ipc::IpcReadOptions::Defaults();
  options.memory_pool = pool;
  options.included_fields = columns;
  options.use_threads = true;
  return options;
}

bool startsWith(arrow::io::RandomAccessFile &file, std::string_view mark) {
  const auto start = check(file.ReadAt(0, static_cast<int64_t>(mark.size())));
  return std::string_view(*start) == mark;
}

/// Holds an array against its own lengths, so that nothing beyond them is read.
void validate(const arrow::Array &array) {
  check(arrow::is_fixed_width(array.type_id()) && array.type_id() != arrow::Type::DICTIONARY
            ? array.Validate()
            : array.ValidateFull());
}

}  // namespace

AnnealDataTable::AnnealDataTable(const std::string &path, int32_t format)
    : path(path), format(format) {
  const auto file = open(path);
  const int64_t size = check(file->GetSize());
  pool = cappedPool((int64_t{1} << 30) + size * 64);
  if (format == ANNEAL_DATA_TABLE_PARQUET) {
    if (!startsWith(*file, "PAR1")) fail("it does not begin as Parquet files do");
    parquet::arrow::FileReaderBuilder builder;
    check(builder.Open(file, parquet::ReaderProperties(pool.get())));
    builder.memory_pool(pool.get());
    const auto reader = check(builder.Build());
    check(reader->GetSchema(&schema));
    rows = reader->parquet_reader()->metadata()->num_rows();
  } else if (startsWith(*file, "FEA1")) {
    fail("it is of the first version of Feather, which is not read; write it anew by pyarrow");
  } else if (startsWith(*file, "ARROW1")) {
    const auto reader =
        check(arrow::ipc::RecordBatchFileReader::Open(file, options(pool.get(), {})));
    schema = reader->schema();
  } else {
    check(file->Seek(0));
    const auto reader =
        check(arrow::ipc::RecordBatchStreamReader::Open(file, options(pool.get(), {})));
    schema = reader->schema();
  }
  leaves = anneal::leavesOf(*schema);
}

std::shared_ptr<arrow::RecordBatchReader> AnnealDataTable::batches(
    const std::vector<int> &columns, int64_t rowsAtOnce) const {
  const auto file = open(path);
  if (format != ANNEAL_DATA_TABLE_PARQUET) {
    const auto chosen = options(pool.get(), columns);
    std::shared_ptr<arrow::RecordBatchReader> reader;
    if (startsWith(*file, "ARROW1")) {
      auto whole = check(arrow::ipc::RecordBatchFileReader::Open(file, chosen));
      auto own = whole->schema();
      reader = std::make_shared<FileBatches>(std::move(whole), std::move(own));
    } else {
      check(file->Seek(0));
      reader = check(arrow::ipc::RecordBatchStreamReader::Open(file, chosen));
    }
    return reader;
  }
  parquet::arrow::FileReaderBuilder builder;
  check(builder.Open(file, parquet::ReaderProperties(pool.get())));
  builder.memory_pool(pool.get());
  parquet::ArrowReaderProperties properties(/*use_threads=*/true);
  properties.set_batch_size(rowsAtOnce);
  properties.set_pre_buffer(true);
  builder.properties(properties);
  std::shared_ptr<parquet::arrow::FileReader> reader = check(builder.Build());
  // Columns of Parquet are the leaves of its own schema; those of a file's column follow one another.
  const auto &descriptor = *reader->parquet_reader()->metadata()->schema();
  std::vector<int> wanted;
  for (int leaf = 0; leaf < descriptor.num_columns(); ++leaf) {
    const int root = descriptor.group_node()->FieldIndex(*descriptor.GetColumnRoot(leaf));
    if (std::find(columns.begin(), columns.end(), root) != columns.end()) wanted.push_back(leaf);
  }
  std::vector<int> groups(static_cast<size_t>(reader->num_row_groups()));
  for (size_t group = 0; group < groups.size(); ++group) groups[group] = static_cast<int>(group);
  std::shared_ptr<arrow::RecordBatchReader> batches =
      check(reader->GetRecordBatchReader(groups, wanted));
  // The batches read from the file as they are asked for.
  struct Owner : arrow::RecordBatchReader {
    std::shared_ptr<parquet::arrow::FileReader> file;
    std::shared_ptr<arrow::RecordBatchReader> batches;
    std::shared_ptr<arrow::Schema> schema() const override { return batches->schema(); }
    arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch> *batch) override {
      return batches->ReadNext(batch);
    }
  };
  auto owner = std::make_shared<Owner>();
  owner->file = std::move(reader);
  owner->batches = std::move(batches);
  return owner;
}

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

void AnnealDataTableScan::produceAll() {
  while (true) {
    std::shared_ptr<arrow::RecordBatch> batch;
    check(reader->ReadNext(&batch));
    if (batch == nullptr) return;
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
    // One batch of a file may hold all its rows; the first rows come by themselves, to guess from.
    for (int64_t start = 0; start < batch->num_rows();) {
      const int64_t most = isFirst ? std::min(firstRows, mostRows) : mostRows;
      const int64_t count = std::min(most, batch->num_rows() - start);
      auto part = convert(*batch->Slice(start, count));
      isFirst = false;
      start += count;
      std::unique_lock guard(lock);
      changed.wait(guard, [this] { return isCancelled || ready.size() < 3; });
      if (isCancelled) return;
      ready.push_back(std::move(part));
      guard.unlock();
      changed.notify_all();
    }
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
          cells, (*requests)[place].form, leaves[leafOf[place]], batch.column(placeOf[place]));
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
  changed.wait(guard, [this] { return isDone || !ready.empty(); });
  if (ready.empty()) {
    if (failure != nullptr) std::rethrow_exception(failure);
    return nullptr;
  }
  auto batch = std::move(ready.front());
  ready.pop_front();
  batch->isLast = isDone && ready.empty() && failure == nullptr;
  guard.unlock();
  changed.notify_all();
  return batch;
}
