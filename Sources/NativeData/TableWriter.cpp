#include "TableWriter.h"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/extension_type.h>
#include <arrow/record_batch.h>
#include <arrow/util/bit_util.h>
#include <arrow/util/key_value_metadata.h>

#include <cstring>

#include "Guard.h"
#include "TableSchema.h"

using anneal::check;
using anneal::fail;

namespace {

std::shared_ptr<const arrow::KeyValueMetadata> metadata(
    const std::vector<std::pair<std::string, std::string>> &notes) {
  if (notes.empty()) return nullptr;
  auto result = std::make_shared<arrow::KeyValueMetadata>();
  for (const auto &[key, value] : notes) result->Append(key, value);
  return result;
}

/// Whether no value is infinite or NaN, whose exponents have all bits set.
bool areFinite(const void *values, int64_t count) {
  const auto *bits = static_cast<const uint32_t *>(values);
  uint32_t most = 0;
  for (int64_t index = 0; index < count; ++index) {
    const uint32_t exponent = bits[index] & 0x7f800000u;
    most = exponent > most ? exponent : most;
  }
  return most != 0x7f800000u;
}

/// A bit for each row, set where `isPresent` is; null where all are.
template <typename Value, typename Test>
std::shared_ptr<arrow::Buffer> validity(
    const void *values, int64_t rows, int64_t &missing, Test isPresent) {
  const auto *first = static_cast<const Value *>(values);
  missing = 0;
  for (int64_t row = 0; row < rows; ++row) missing += !isPresent(first[row]);
  if (missing == 0) return nullptr;
  std::shared_ptr<arrow::Buffer> bits = check(arrow::AllocateEmptyBitmap(rows));
  for (int64_t row = 0; row < rows; ++row) {
    arrow::bit_util::SetBitTo(bits->mutable_data(), row, isPresent(first[row]));
  }
  return bits;
}

/// Codes with 0 where they are missing: some readers hold each against the number of texts.
template <typename Code>
std::shared_ptr<arrow::Buffer> withoutNegatives(const void *values, int64_t rows) {
  std::shared_ptr<arrow::Buffer> buffer =
      check(arrow::AllocateBuffer(rows * static_cast<int64_t>(sizeof(Code))));
  const auto *from = static_cast<const Code *>(values);
  auto *to = reinterpret_cast<Code *>(buffer->mutable_data());
  for (int64_t row = 0; row < rows; ++row) to[row] = from[row] < 0 ? 0 : from[row];
  return buffer;
}

}  // namespace

AnnealDataWriter::AnnealDataWriter(
    const std::string &path, const AnnealDataColumn *first, int32_t count)
    : columns(first, first + count), dictionaries(columns.size()), notes(columns.size() + 1) {
  for (const auto &column : columns) anneal::fieldOf(column);
  file = check(arrow::io::FileOutputStream::Open(path));
}

void AnnealDataWriter::requireUnbegun() const {
  if (writer != nullptr) fail("the first rows were written already");
}

void AnnealDataWriter::texts(
    int32_t column, int32_t count, const int32_t *offsets, const uint8_t *bytes) {
  requireUnbegun();
  const auto starts = std::make_shared<arrow::Buffer>(
      reinterpret_cast<const uint8_t *>(offsets),
      (int64_t{count} + 1) * static_cast<int64_t>(sizeof(int32_t)));
  const auto data = std::make_shared<arrow::Buffer>(bytes, offsets[count]);
  // The caller's memory ends with the call.
  dictionaries.at(static_cast<size_t>(column)) = arrow::MakeArray(arrow::ArrayData::Make(
      arrow::utf8(), count,
      {nullptr, check(starts->CopySlice(0, starts->size())), check(data->CopySlice(0, data->size()))},
      0));
}

void AnnealDataWriter::note(int32_t column, const char *key, const char *value) {
  requireUnbegun();
  const size_t place = column < 0 ? columns.size() : static_cast<size_t>(column);
  notes.at(place).emplace_back(key, value);
}

void AnnealDataWriter::begin() {
  std::vector<std::shared_ptr<arrow::Field>> fields;
  for (size_t index = 0; index < columns.size(); ++index) {
    if (columns[index].coded && dictionaries[index] == nullptr) fail("a coded column has no texts");
    fields.push_back(anneal::fieldOf(columns[index])->WithMetadata(metadata(notes[index])));
  }
  schema = arrow::schema(fields, metadata(notes.back()));
  auto options = arrow::ipc::IpcWriteOptions::Defaults();
  options.alignment = 64;
  options.use_threads = false;
  writer = check(arrow::ipc::MakeFileWriter(file, schema, options));
}

std::shared_ptr<arrow::Array> AnnealDataWriter::array(
    const AnnealDataColumn &column, size_t index, int64_t rows, const void *values) const {
  const auto &type = schema->field(static_cast<int>(index))->type();
  const int64_t elements = anneal::elementCount(column) * rows;
  std::shared_ptr<arrow::Buffer> buffer = std::make_shared<arrow::Buffer>(
      static_cast<const uint8_t *>(values), elements * anneal::elementSize(column.type));
  if (type->id() == arrow::Type::EXTENSION) {
    const auto &storage = static_cast<const arrow::ExtensionType &>(*type).storage_type();
    const auto &element = static_cast<const arrow::FixedSizeListType &>(*storage).value_type();
    auto child = arrow::ArrayData::Make(element, elements, {nullptr, buffer}, 0);
    return arrow::MakeArray(arrow::ArrayData::Make(type, rows, {nullptr}, {child}, 0));
  }
  int64_t missing = 0;
  std::shared_ptr<arrow::Buffer> bits;
  if (column.nullable && column.type == ANNEAL_DATA_FLOAT32) {
    bits = validity<float>(values, rows, missing, [](float value) { return value == value; });
  } else if (column.nullable && column.type == ANNEAL_DATA_INT32) {
    bits = validity<int32_t>(values, rows, missing, [](int32_t value) { return value >= 0; });
    if (missing > 0) buffer = withoutNegatives<int32_t>(values, rows);
  } else if (column.nullable && column.type == ANNEAL_DATA_INT64) {
    bits = validity<int64_t>(values, rows, missing, [](int64_t value) { return value >= 0; });
    if (missing > 0) buffer = withoutNegatives<int64_t>(values, rows);
  }
  auto data = arrow::ArrayData::Make(type, rows, {bits, buffer}, missing);
  if (column.coded) data->dictionary = dictionaries[index]->data();
  return arrow::MakeArray(data);
}

void AnnealDataWriter::append(int64_t rows, const void *const *values) {
  if (writer == nullptr) begin();
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  for (size_t index = 0; index < columns.size(); ++index) {
    const AnnealDataColumn &column = columns[index];
    if (column.type == ANNEAL_DATA_FLOAT32) {
      finite = finite && areFinite(values[index], anneal::elementCount(column) * rows);
    }
    arrays.push_back(array(column, index, rows, values[index]));
  }
  check(writer->WriteRecordBatch(*arrow::RecordBatch::Make(schema, rows, arrays)));
}

void AnnealDataWriter::finish() {
  if (writer == nullptr) begin();
  check(writer->Close());
  check(file->Close());
}
