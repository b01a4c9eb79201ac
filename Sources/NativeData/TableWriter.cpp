#include "TableWriter.h"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/csv/writer.h>
#include <arrow/extension_type.h>
#include <arrow/record_batch.h>
#include <arrow/util/bit_util.h>
#include <arrow/util/key_value_metadata.h>
#include <parquet/arrow/writer.h>

#include <cstring>
#include <limits>

#include "ArrowStatus.h"
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
    const std::string &path, int32_t format, const AnnealDataColumn *first, int32_t count)
    : format(format),
      columns(first, first + count),
      dictionaries(columns.size()),
      notes(columns.size() + 1) {
  for (const auto &column : columns) anneal::fieldOf(column);
  file = check(arrow::io::FileOutputStream::Open(path));
}

void AnnealDataWriter::requireUnbegun() const {
  if (write) fail("the first rows were written already");
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
  if (format == ANNEAL_DATA_PARQUET) {
    const auto properties =
        parquet::WriterProperties::Builder().compression(arrow::Compression::ZSTD)->build();
    const auto arrowProperties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
    const std::shared_ptr<parquet::arrow::FileWriter> writer =
        check(parquet::arrow::FileWriter::Open(
            *schema, arrow::default_memory_pool(), file, properties, arrowProperties));
    // The schema's own notes are not among what is stored of it otherwise.
    if (schema->metadata() != nullptr) check(writer->AddKeyValueMetadata(schema->metadata()));
    write = [writer](const arrow::RecordBatch &batch) {
      ARROW_RETURN_NOT_OK(writer->NewBufferedRowGroup());
      return writer->WriteRecordBatch(batch);
    };
    close = [writer] { return writer->Close(); };
    return;
  }
  auto options = arrow::ipc::IpcWriteOptions::Defaults();
  options.alignment = 64;
  options.use_threads = false;
  const std::shared_ptr<arrow::ipc::RecordBatchWriter> writer =
      format == ANNEAL_DATA_CSV
          ? check(arrow::csv::MakeCSVWriter(file, schema, arrow::csv::WriteOptions::Defaults()))
          : check(arrow::ipc::MakeFileWriter(file, schema, options));
  write = [writer](const arrow::RecordBatch &batch) { return writer->WriteRecordBatch(batch); };
  close = [writer] { return writer->Close(); };
}

namespace {

/// The rows of a column that lie `step` elements apart, side by side.
template <typename Value>
std::shared_ptr<arrow::Buffer> packed(const void *values, int64_t rows, int64_t step) {
  std::shared_ptr<arrow::Buffer> buffer =
      check(arrow::AllocateBuffer(rows * static_cast<int64_t>(sizeof(Value))));
  const auto *from = static_cast<const Value *>(values);
  auto *to = reinterpret_cast<Value *>(buffer->mutable_data());
  for (int64_t row = 0; row < rows; ++row) to[row] = from[row * step];
  return buffer;
}

std::shared_ptr<arrow::Buffer> packed(
    const AnnealDataColumn &column, int64_t rows, const void *values) {
  switch (anneal::elementSize(column.type)) {
    case 1: return packed<uint8_t>(values, rows, column.step);
    case 4: return packed<uint32_t>(values, rows, column.step);
    default: return packed<uint64_t>(values, rows, column.step);
  }
}

std::shared_ptr<arrow::Buffer> offsetsOf(const int32_t *offsets, int64_t count) {
  return std::make_shared<arrow::Buffer>(
      reinterpret_cast<const uint8_t *>(offsets),
      (count + 1) * static_cast<int64_t>(sizeof(int32_t)));
}

/// Texts or files, one behind the other.
std::shared_ptr<arrow::ArrayData> runs(
    const std::shared_ptr<arrow::DataType> &type, int64_t count, const int32_t *offsets,
    const uint8_t *bytes) {
  return arrow::ArrayData::Make(
      type, count,
      {nullptr, offsetsOf(offsets, count),
       std::make_shared<arrow::Buffer>(bytes, offsets[count])},
      0);
}

std::shared_ptr<arrow::Array> files(
    const std::shared_ptr<arrow::DataType> &type, int64_t rows, const AnnealDataFiles &files) {
  return arrow::MakeArray(arrow::ArrayData::Make(
      type, rows, {nullptr},
      {runs(arrow::binary(), rows, files.offsets, files.bytes),
       runs(arrow::utf8(), rows, files.name_offsets, files.names)},
      0));
}

std::shared_ptr<arrow::Array> texts(
    const std::shared_ptr<arrow::DataType> &type, int64_t rows, const AnnealDataTexts &texts) {
  if (type->id() == arrow::Type::LIST) {
    auto all = runs(arrow::utf8(), texts.lists[rows], texts.offsets, texts.bytes);
    return arrow::MakeArray(
        arrow::ArrayData::Make(type, rows, {nullptr, offsetsOf(texts.lists, rows)}, {all}, 0));
  }
  auto all = runs(type, rows, texts.offsets, texts.bytes);
  int64_t missing = 0;
  all->buffers[0] = validity<uint8_t>(
      texts.present, rows, missing, [](uint8_t present) { return present != 0; });
  all->null_count = missing;
  return arrow::MakeArray(all);
}

}  // namespace

std::shared_ptr<arrow::Array> AnnealDataWriter::array(
    const AnnealDataColumn &column, size_t index, int64_t rows, const void *values) const {
  const auto &type = schema->field(static_cast<int>(index))->type();
  if (column.type == ANNEAL_DATA_FILES) {
    return files(type, rows, *static_cast<const AnnealDataFiles *>(values));
  }
  if (column.type == ANNEAL_DATA_TEXTS || column.type == ANNEAL_DATA_TEXT_LISTS) {
    return ::texts(type, rows, *static_cast<const AnnealDataTexts *>(values));
  }
  const int64_t elements = anneal::elementCount(column) * rows;
  std::shared_ptr<arrow::Buffer> buffer;
  if (column.step > 1) {
    buffer = packed(column, rows, values);
    values = buffer->data();
  } else {
    buffer = std::make_shared<arrow::Buffer>(
        static_cast<const uint8_t *>(values), elements * anneal::elementSize(column.type));
  }
  if (column.rank > 0) {
    const auto &storage = type->id() == arrow::Type::EXTENSION
                              ? static_cast<const arrow::ExtensionType &>(*type).storage_type()
                              : type;
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
  } else if (column.type == ANNEAL_DATA_DATE || column.type == ANNEAL_DATA_CLOCK) {
    bits = validity<int32_t>(values, rows, missing, [](int32_t value) {
      return value != std::numeric_limits<int32_t>::min();
    });
  } else if (column.type == ANNEAL_DATA_MOMENT) {
    bits = validity<int64_t>(values, rows, missing, [](int64_t value) {
      return value != std::numeric_limits<int64_t>::min();
    });
  }
  auto data = arrow::ArrayData::Make(type, rows, {bits, buffer}, missing);
  if (column.coded) data->dictionary = dictionaries[index]->data();
  return arrow::MakeArray(data);
}

void AnnealDataWriter::append(int64_t rows, const void *const *values) {
  if (!write) begin();
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  for (size_t index = 0; index < columns.size(); ++index) {
    const AnnealDataColumn &column = columns[index];
    if (format == ANNEAL_DATA_ARROW && column.type == ANNEAL_DATA_FLOAT32) {
      finite = finite && areFinite(values[index], anneal::elementCount(column) * rows);
    }
    arrays.push_back(array(column, index, rows, values[index]));
  }
  check(write(*arrow::RecordBatch::Make(schema, rows, arrays)));
}

void AnnealDataWriter::finish() {
  if (!write) begin();
  check(close());
  check(file->Close());
}
