#include "TableReader.h"

#include <arrow/array.h>
#include <arrow/extension_type.h>
#include <arrow/io/file.h>
#include <arrow/ipc/options.h>
#include <arrow/ipc/reader.h>

#include <cstring>

#include "Guard.h"
#include "TableSchema.h"

using anneal::check;
using anneal::fail;

namespace {

AnnealDataColumn columnOf(const arrow::Field &field) {
  AnnealDataColumn column = {};
  if (field.name().size() >= ANNEAL_DATA_MAX_NAME) fail("a column's name is too long");
  std::memcpy(column.name, field.name().data(), field.name().size());
  anneal::describe(*field.type(), column);
  return column;
}

/// The array that holds the values themselves: a tensor column's elements, else the column.
std::shared_ptr<arrow::Array> elements(const arrow::Array &array) {
  if (array.type_id() != arrow::Type::EXTENSION) return arrow::MakeArray(array.data());
  const auto &storage = *static_cast<const arrow::ExtensionArray &>(array).storage();
  const auto &list = static_cast<const arrow::FixedSizeListArray &>(storage);
  if (list.null_count() != 0) fail("a column holds nulls");
  return list.values()->Slice(list.offset() * list.list_type()->list_size());
}

const uint8_t *valuesOf(const arrow::Array &array, const AnnealDataColumn &column) {
  const auto values = elements(array);
  if (array.null_count() != 0 || values->null_count() != 0) fail("a column holds nulls");
  const int64_t size = anneal::elementSize(column.type);
  const int64_t needed = anneal::elementCount(column) * array.length() * size;
  const auto &buffer = values->data()->buffers[1];
  const int64_t start = values->offset() * size;
  if (needed == 0) return nullptr;
  if (buffer == nullptr || buffer->size() - start < needed) fail("a column is cut short");
  return buffer->data() + start;
}

}  // namespace

AnnealDataReader::AnnealDataReader(const std::string &path) {
  auto file = check(arrow::io::MemoryMappedFile::Open(path, arrow::io::FileMode::READ));
  auto options = arrow::ipc::IpcReadOptions::Defaults();
  options.use_threads = false;
  auto reader = check(arrow::ipc::RecordBatchFileReader::Open(file, options));
  for (const auto &field : reader->schema()->fields()) columns.push_back(columnOf(*field));
  for (int index = 0; index < reader->num_record_batches(); ++index) {
    auto batch = check(reader->ReadRecordBatch(index));
    check(batch->Validate());
    for (int column = 0; column < batch->num_columns(); ++column) {
      valuesOf(*batch->column(column), columns[static_cast<size_t>(column)]);
    }
    batches.push_back(std::move(batch));
  }
}

const AnnealDataColumn &AnnealDataReader::column(int32_t index) const {
  return columns.at(static_cast<size_t>(index));
}

int64_t AnnealDataReader::batch(int32_t index, const void **values) const {
  const auto &batch = *batches.at(static_cast<size_t>(index));
  for (size_t column = 0; column < columns.size(); ++column) {
    values[column] = valuesOf(*batch.column(static_cast<int>(column)), columns[column]);
  }
  return batch.num_rows();
}
