#include "TableSchema.h"

#include <arrow/extension/fixed_shape_tensor.h>
#include <arrow/type.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "Guard.h"

namespace anneal {

namespace {

std::shared_ptr<arrow::DataType> valueType(int32_t type) {
  switch (type) {
    case ANNEAL_DATA_UINT8: return arrow::uint8();
    case ANNEAL_DATA_INT32: return arrow::int32();
    case ANNEAL_DATA_INT64: return arrow::int64();
    case ANNEAL_DATA_FLOAT32: return arrow::float32();
    case ANNEAL_DATA_FLOAT64: return arrow::float64();
    default: fail("the element type " + std::to_string(type) + " is unknown");
  }
}

int32_t codeOf(const arrow::DataType &type) {
  switch (type.id()) {
    case arrow::Type::UINT8: return ANNEAL_DATA_UINT8;
    case arrow::Type::INT32: return ANNEAL_DATA_INT32;
    case arrow::Type::INT64: return ANNEAL_DATA_INT64;
    case arrow::Type::FLOAT: return ANNEAL_DATA_FLOAT32;
    case arrow::Type::DOUBLE: return ANNEAL_DATA_FLOAT64;
    default: fail("a column of type " + type.ToString() + " is not supported");
  }
}

}  // namespace

int64_t elementSize(int32_t type) {
  return static_cast<const arrow::FixedWidthType &>(*valueType(type)).bit_width() / 8;
}

int64_t elementCount(const AnnealDataColumn &column) {
  if (column.rank < 0 || column.rank > ANNEAL_DATA_MAX_RANK) fail("a column's rank is too large");
  int64_t count = 1;
  for (int32_t axis = 0; axis < column.rank; ++axis) {
    const int64_t size = column.shape[axis];
    if (size < 1 || size > std::numeric_limits<int32_t>::max() / count) {
      fail("a column's shape is empty or too large");
    }
    count *= size;
  }
  return count;
}

std::shared_ptr<arrow::Field> fieldOf(const AnnealDataColumn &column) {
  const std::string name(column.name, strnlen(column.name, ANNEAL_DATA_MAX_NAME));
  elementCount(column);
  if (column.type == ANNEAL_DATA_FILES) {
    if (column.rank > 0) fail("a column of files has no shape");
    const auto file = arrow::struct_(
        {arrow::field("bytes", arrow::binary()), arrow::field("path", arrow::utf8())});
    return arrow::field(name, file, column.nullable != 0);
  }
  auto type = valueType(column.type);
  if ((column.nullable || column.coded) && column.rank > 0) fail("a tensor has no missing values");
  if (column.rank > 0) {
    std::vector<int64_t> shape(column.shape, column.shape + column.rank);
    type = arrow::extension::fixed_shape_tensor(type, shape);
  }
  if (column.coded) type = arrow::dictionary(type, arrow::utf8());
  return arrow::field(name, type, column.nullable != 0);
}

void describe(const arrow::Field &field, AnnealDataColumn &column) {
  const arrow::DataType &type = *field.type();
  column.rank = 0;
  column.coded = 0;
  column.nullable = field.nullable();
  std::fill(std::begin(column.shape), std::end(column.shape), 0);
  if (type.id() == arrow::Type::EXTENSION) {
    const auto *tensor = dynamic_cast<const arrow::extension::FixedShapeTensorType *>(&type);
    if (tensor == nullptr) fail("a column of type " + type.ToString() + " is not supported");
    if (!tensor->permutation().empty()) fail("a column's tensors are permuted");
    if (tensor->shape().size() > ANNEAL_DATA_MAX_RANK) fail("a column's rank is too large");
    column.rank = static_cast<int32_t>(tensor->shape().size());
    std::copy(tensor->shape().begin(), tensor->shape().end(), column.shape);
    column.type = codeOf(*tensor->value_type());
  } else if (type.id() == arrow::Type::DICTIONARY) {
    const auto &coded = static_cast<const arrow::DictionaryType &>(type);
    const auto index = coded.index_type()->id();
    if (index != arrow::Type::INT32 && index != arrow::Type::INT64) {
      fail("a column of type " + type.ToString() + " is not supported");
    }
    if (coded.value_type()->id() != arrow::Type::STRING) {
      fail("a column of type " + type.ToString() + " is not supported");
    }
    column.coded = 1;
    column.type = codeOf(*coded.index_type());
  } else {
    column.type = codeOf(type);
  }
  elementCount(column);
}

}  // namespace anneal
