#include "TableReader.h"

#include <arrow/array.h>
#include <arrow/extension_type.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/options.h>
#include <arrow/ipc/reader.h>
#include <arrow/util/bit_util.h>

#include <cstring>

#include "ArrowStatus.h"
#include "Guard.h"
#include "MappedFile.h"
#include "TableSchema.h"

using anneal::check;
using anneal::fail;

namespace {

AnnealDataColumn columnOf(const arrow::Field &field) {
  AnnealDataColumn column = {};
  if (field.name().size() >= ANNEAL_DATA_MAX_NAME) fail("a column's name is too long");
  std::memcpy(column.name, field.name().data(), field.name().size());
  anneal::describe(field, column);
  return column;
}

/// The array that holds the values themselves: a tensor column's elements, a coded column's codes, else
/// the column.
std::shared_ptr<arrow::Array> elements(const arrow::Array &array) {
  if (array.type_id() == arrow::Type::DICTIONARY) {
    return static_cast<const arrow::DictionaryArray &>(array).indices();
  }
  const auto storage = array.type_id() == arrow::Type::EXTENSION
                           ? static_cast<const arrow::ExtensionArray &>(array).storage()
                           : arrow::MakeArray(array.data());
  if (storage->type_id() != arrow::Type::FIXED_SIZE_LIST) return storage;
  const auto &list = static_cast<const arrow::FixedSizeListArray &>(*storage);
  if (list.null_count() != 0) fail("a column holds nulls");
  return list.values()->Slice(list.offset() * list.list_type()->list_size());
}

/// Where the rows of an array lie; `start` is not set.
AnnealDataRun runOf(const arrow::Array &array, const AnnealDataColumn &column) {
  const auto values = elements(array);
  const bool mayLack = column.nullable && column.rank == 0 && column.type != ANNEAL_DATA_UINT8;
  if (!mayLack && (array.null_count() != 0 || values->null_count() != 0)) {
    fail("a column holds nulls");
  }
  AnnealDataRun run = {};
  run.rows = array.length();
  const int64_t size = anneal::elementSize(column.type);
  const int64_t needed = anneal::elementCount(column) * array.length() * size;
  if (needed == 0) return run;
  const auto &buffer = values->data()->buffers[1];
  const int64_t start = values->offset() * size;
  if (buffer == nullptr || buffer->size() - start < needed) fail("a column is cut short");
  run.values = reinterpret_cast<uintptr_t>(buffer->data() + start);
  const auto &validity = values->data()->buffers[0];
  if (values->null_count() != 0 && validity != nullptr) {
    if (validity->size() * 8 < values->offset() + array.length()) fail("a column is cut short");
    run.validity = reinterpret_cast<uintptr_t>(validity->data());
    run.offset = values->offset();
  }
  return run;
}

template <typename Code>
void requireCodes(const AnnealDataRun &run, int64_t texts) {
  const auto *codes = reinterpret_cast<const Code *>(run.values);
  const auto *validity = reinterpret_cast<const uint8_t *>(run.validity);
  anneal::MappedFile::fetch(run.values, run.values + static_cast<size_t>(run.rows) * sizeof(Code));
  bool known = true;
  for (int64_t row = 0; row < run.rows; ++row) {
    const bool present =
        validity == nullptr || arrow::bit_util::GetBit(validity, run.offset + row);
    known &= !present || (codes[row] >= 0 && codes[row] < texts);
  }
  if (!known) fail("a column holds codes of texts that it does not have");
}

}  // namespace

AnnealDataReader::AnnealDataReader(const std::string &path) {
  // Of a file that memory does not hold no more is to be fetched than is looked at here.
  const auto mapped = anneal::MappedFile::open(path);
  mapped->fetchNeighbours(false);
  auto file = std::make_shared<arrow::io::BufferReader>(mapped);
  auto options = arrow::ipc::IpcReadOptions::Defaults();
  options.use_threads = false;
  auto reader = check(arrow::ipc::RecordBatchFileReader::Open(file, options));
  for (const auto &field : reader->schema()->fields()) columns.push_back(columnOf(*field));
  dictionaries.resize(columns.size());
  for (int index = 0; index < reader->num_record_batches(); ++index) {
    auto batch = check(reader->ReadRecordBatch(index));
    check(batch->Validate());
    for (int column = 0; column < batch->num_columns(); ++column) {
      const auto place = static_cast<size_t>(column);
      const AnnealDataRun run = runOf(*batch->column(column), columns[place]);
      if (!columns[place].coded) continue;
      const auto &coded = static_cast<const arrow::DictionaryArray &>(*batch->column(column));
      auto &dictionary = dictionaries[place];
      if (dictionary == nullptr) {
        check(coded.dictionary()->ValidateFull());
        if (coded.dictionary()->null_count() != 0) fail("a column's texts hold nulls");
        dictionary = coded.dictionary();
      } else if (!dictionary->Equals(coded.dictionary())) {
        fail("a column's texts are not the same in all of its file");
      }
      if (columns[place].type == ANNEAL_DATA_INT32) {
        requireCodes<int32_t>(run, dictionary->length());
      } else {
        requireCodes<int64_t>(run, dictionary->length());
      }
    }
    batches.push_back(std::move(batch));
  }
  mapped->fetchNeighbours(true);
}

const AnnealDataColumn &AnnealDataReader::column(int32_t index) const {
  return columns.at(static_cast<size_t>(index));
}

void AnnealDataReader::batch(int32_t index, AnnealDataRun *runs) const {
  const auto &batch = *batches.at(static_cast<size_t>(index));
  for (size_t column = 0; column < columns.size(); ++column) {
    runs[column] = runOf(*batch.column(static_cast<int>(column)), columns[column]);
  }
}

int32_t AnnealDataReader::texts(
    int32_t column, const int32_t **offsets, const uint8_t **bytes) const {
  const auto &dictionary = dictionaries.at(static_cast<size_t>(column));
  if (dictionary == nullptr || dictionary->length() == 0) return 0;
  const auto &texts = static_cast<const arrow::StringArray &>(*dictionary);
  *offsets = texts.raw_value_offsets();
  *bytes = texts.raw_data();
  return static_cast<int32_t>(texts.length());
}
