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
    case ANNEAL_DATA_DATE: return arrow::date32();
    case ANNEAL_DATA_CLOCK: return arrow::time32(arrow::TimeUnit::MILLI);
    case ANNEAL_DATA_MOMENT: return arrow::timestamp(arrow::TimeUnit::MILLI);
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

namespace {

/// The type of a column whose rows are of no even size; null for others.
std::shared_ptr<arrow::DataType> looseType(int32_t type) {
  switch (type) {
    case ANNEAL_DATA_FILES:
      return arrow::struct_(
          {arrow::field("bytes", arrow::binary()), arrow::field("path", arrow::utf8())});
    case ANNEAL_DATA_TEXTS: return arrow::utf8();
    case ANNEAL_DATA_TEXT_LISTS: return arrow::list(arrow::utf8());
    default: return nullptr;
  }
}

}  // namespace

std::shared_ptr<arrow::Field> fieldOf(const AnnealDataColumn &column) {
  const std::string name(column.name, strnlen(column.name, ANNEAL_DATA_MAX_NAME));
  elementCount(column);
  if (const auto loose = looseType(column.type)) {
    if (column.rank > 0) fail("a column of texts or files has no shape");
    return arrow::field(name, loose, column.nullable != 0);
  }
  auto type = valueType(column.type);
  if ((column.nullable || column.coded) && column.rank > 0) fail("a tensor has no missing values");
  if (column.rank == 1) {
    // Every program knows lists; not all know tensors.
    const auto size = static_cast<int32_t>(column.shape[0]);
    type = arrow::fixed_size_list(arrow::field("item", type, false), size);
  } else if (column.rank > 1) {
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
  } else if (type.id() == arrow::Type::FIXED_SIZE_LIST) {
    const auto &list = static_cast<const arrow::FixedSizeListType &>(type);
    column.rank = 1;
    column.shape[0] = list.list_size();
    column.type = codeOf(*list.value_type());
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
