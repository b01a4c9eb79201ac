#include "ArrowTable.h"

#include <arrow/io/file.h>
#include <arrow/ipc/options.h>
#include <arrow/ipc/reader.h>
#include <parquet/arrow/reader.h>
#include <parquet/properties.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "ArrowStatus.h"
#include "Guard.h"

using anneal::check;
using anneal::fail;

namespace {

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
  // The system's memory, of which what one batch leaves serves the next: Arrow's own gives it back, and has
  // its pages cleared anew.
  pools.push_back(
      std::make_shared<arrow::CappedMemoryPool>(arrow::system_memory_pool(), parts << 26));
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
