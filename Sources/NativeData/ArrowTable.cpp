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

#include "ArrowCells.h"
#include "Guard.h"

using anneal::check;
using anneal::fail;

namespace {

/// Rows of a batch: enough for little to do between batches, and few enough for a column to stay in a
/// processor's cache from where it is decoded to where it is encoded.
constexpr int64_t rowsAtOnce = 1 << 15;
constexpr int64_t firstRows = 1024;

/// Bytes of a batch, as far as that can be chosen.
constexpr int64_t batchBytes = 32 << 20;

std::shared_ptr<arrow::io::RandomAccessFile> open(const std::string &path) {
  return check(arrow::io::ReadableFile::Open(path));
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

/// Reads pages as they are needed, so that no more of a file is in memory than what is being decoded.
parquet::ReaderProperties pageWise(arrow::MemoryPool *pool) {
  parquet::ReaderProperties properties(pool);
  properties.enable_buffered_stream();
  properties.set_buffer_size(1 << 16);
  return properties;
}

/// Whether the pages of a part of a column are places in a dictionary, as far as the file says.
bool isCoded(const parquet::ColumnChunkMetaData &part) {
  if (!part.has_dictionary_page()) return false;
  bool isSaid = false;
  for (const auto &pages : part.encoding_stats()) {
    if (pages.page_type == parquet::PageType::DICTIONARY_PAGE || pages.count == 0) continue;
    isSaid = true;
    if (pages.encoding != parquet::Encoding::RLE_DICTIONARY &&
        pages.encoding != parquet::Encoding::PLAIN_DICTIONARY) {
      return false;
    }
  }
  // A text that stands by itself takes four bytes for its length alone.
  return isSaid || part.total_uncompressed_size() < part.num_values() * 4;
}

/// Whether a column of texts is stored as places in dictionaries, which are then taken as they are: each
/// text is looked at once.
bool isCodedText(const parquet::FileMetaData &file, int leaf) {
  const auto *column = file.schema()->Column(leaf);
  if (column->physical_type() != parquet::Type::BYTE_ARRAY || column->max_repetition_level() > 0 ||
      column->path()->ToDotVector().size() != 1 || column->logical_type() == nullptr ||
      !column->logical_type()->is_string()) {
    return false;
  }
  for (int group = 0; group < file.num_row_groups(); ++group) {
    if (!isCoded(*file.RowGroup(group)->ColumnChunk(leaf))) return false;
  }
  return true;
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
  // The system's memory, of which what one batch leaves serves the next: Arrow's own gives it back, and has
  // its pages cleared anew.
  pool = std::make_shared<arrow::CappedMemoryPool>(
      arrow::system_memory_pool(), (int64_t{1} << 30) + size * 64);
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
  check(builder.Open(file, pageWise(pool.get())));
  builder.memory_pool(pool.get());
  parquet::ArrowReaderProperties properties(/*use_threads=*/true);
  properties.set_batch_size(rowsAtOnce);
  properties.set_pre_buffer(false);
  // Columns of Parquet are the leaves of its own schema; those of a file's column follow one another.
  const auto metadata = builder.raw_reader()->metadata();
  const auto &descriptor = *metadata->schema();
  std::vector<int> wanted;
  for (int leaf = 0; leaf < descriptor.num_columns(); ++leaf) {
    const int root = descriptor.group_node()->FieldIndex(*descriptor.GetColumnRoot(leaf));
    if (std::find(columns.begin(), columns.end(), root) == columns.end()) continue;
    wanted.push_back(leaf);
    if (isCodedText(*metadata, leaf)) properties.set_read_dictionary(leaf, true);
  }
  builder.properties(properties);
  std::shared_ptr<parquet::arrow::FileReader> reader = check(builder.Build());
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

std::shared_ptr<arrow::RecordBatch> AnnealDataTableScan::read() {
  std::shared_ptr<arrow::RecordBatch> batch;
  check(reader->ReadNext(&batch));
  if (batch == nullptr) return nullptr;
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
    std::shared_ptr<arrow::RecordBatch> following;
    bool isLooked = false;
    // One batch of a file may hold all its rows; the first rows come by themselves, to guess from.
    for (int64_t start = 0; start < batch->num_rows();) {
      const int64_t most = isFirst ? std::min(firstRows, mostRows) : mostRows;
      const int64_t count = std::min(most, batch->num_rows() - start);
      auto part = convert(*batch->Slice(start, count));
      start += count;
      if (isFirst && start == batch->num_rows()) {
        following = read();
        isLooked = true;
        part->isLast = following == nullptr;
      }
      std::unique_lock guard(lock);
      changed.wait(guard, [this] { return isCancelled || ready.size() < 3; });
      if (isCancelled) return;
      ready.push_back(std::move(part));
      changed.notify_all();
      // Nobody may want more than the first rows.
      if (isFirst) changed.wait(guard, [this] { return isCancelled || calls > 1; });
      if (isCancelled) return;
      isFirst = false;
    }
    batch = isLooked ? std::move(following) : read();
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
