#include "TableWriter.h"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/extension_type.h>
#include <arrow/record_batch.h>

#include "Guard.h"
#include "TableSchema.h"

using anneal::check;

AnnealDataWriter::AnnealDataWriter(
    const std::string &path, const AnnealDataColumn *first, int32_t count)
    : columns(first, first + count) {
  std::vector<std::shared_ptr<arrow::Field>> fields;
  for (const auto &column : columns) fields.push_back(anneal::fieldOf(column));
  schema = arrow::schema(fields);
  file = check(arrow::io::FileOutputStream::Open(path));
  auto options = arrow::ipc::IpcWriteOptions::Defaults();
  options.alignment = 64;
  options.use_threads = false;
  writer = check(arrow::ipc::MakeFileWriter(file, schema, options));
}

void AnnealDataWriter::append(int64_t rows, const void *const *values) {
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  for (size_t index = 0; index < columns.size(); ++index) {
    const auto &type = schema->field(static_cast<int>(index))->type();
    const int64_t elements = anneal::elementCount(columns[index]) * rows;
    const int64_t bytes = elements * anneal::elementSize(columns[index].type);
    auto buffer = std::make_shared<arrow::Buffer>(
        static_cast<const uint8_t *>(values[index]), bytes);
    if (type->id() != arrow::Type::EXTENSION) {
      arrays.push_back(
          arrow::MakeArray(arrow::ArrayData::Make(type, rows, {nullptr, buffer}, 0)));
      continue;
    }
    const auto &storage = static_cast<const arrow::ExtensionType &>(*type).storage_type();
    const auto &element = static_cast<const arrow::FixedSizeListType &>(*storage).value_type();
    auto child = arrow::ArrayData::Make(element, elements, {nullptr, buffer}, 0);
    arrays.push_back(
        arrow::MakeArray(arrow::ArrayData::Make(type, rows, {nullptr}, {child}, 0)));
  }
  check(writer->WriteRecordBatch(*arrow::RecordBatch::Make(schema, rows, arrays)));
}

void AnnealDataWriter::finish() {
  check(writer->Close());
  check(file->Close());
}
