#include "ArrowLeaf.h"

#include <arrow/extension_type.h>
#include <arrow/type_traits.h>

#include "Guard.h"

namespace anneal {

namespace {

constexpr int mostDepth = 16;
constexpr size_t mostLeaves = 1 << 17;
constexpr int64_t longestList = 1 << 16;

AnnealDataLeafKind kindOf(const arrow::DataType &type) {
  switch (type.id()) {
    case arrow::Type::NA:
    case arrow::Type::UINT8:
    case arrow::Type::INT8:
    case arrow::Type::UINT16:
    case arrow::Type::INT16:
    case arrow::Type::UINT32:
    case arrow::Type::INT32:
    case arrow::Type::UINT64:
    case arrow::Type::INT64:
    case arrow::Type::HALF_FLOAT:
    case arrow::Type::FLOAT:
    case arrow::Type::DOUBLE:
    case arrow::Type::DECIMAL32:
    case arrow::Type::DECIMAL64:
    case arrow::Type::DECIMAL128:
    case arrow::Type::DECIMAL256:
    case arrow::Type::DURATION: return ANNEAL_DATA_LEAF_NUMBER;
    case arrow::Type::BOOL: return ANNEAL_DATA_LEAF_BOOL;
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW: return ANNEAL_DATA_LEAF_TEXT;
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
    case arrow::Type::FIXED_SIZE_BINARY: return ANNEAL_DATA_LEAF_BYTES;
    case arrow::Type::DATE32:
    case arrow::Type::DATE64:
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
    case arrow::Type::TIMESTAMP: return ANNEAL_DATA_LEAF_DATE;
    case arrow::Type::DICTIONARY: {
      const auto &values = *static_cast<const arrow::DictionaryType &>(type).value_type();
      return values.id() == arrow::Type::DICTIONARY ? ANNEAL_DATA_LEAF_NESTED
                                                    : kindOf(*storageOf(
                                                          static_cast<const arrow::DictionaryType &>(
                                                              type)
                                                              .value_type()));
    }
    default: return ANNEAL_DATA_LEAF_NESTED;
  }
}

/// Whether values are lists of texts or of whole numbers.
bool areLabels(const arrow::DataType &type) {
  if (type.id() != arrow::Type::LIST && type.id() != arrow::Type::LARGE_LIST &&
      type.id() != arrow::Type::FIXED_SIZE_LIST) {
    return false;
  }
  const auto element = storageOf(static_cast<const arrow::BaseListType &>(type).value_type());
  return arrow::is_integer(element->id()) || kindOf(*element) == ANNEAL_DATA_LEAF_TEXT;
}

void addLeaves(
    const arrow::Field &field, const std::string &prefix, std::vector<int> path, int depth,
    std::vector<ArrowLeaf> &leaves) {
  const auto type = storageOf(field.type());
  ArrowLeaf leaf;
  leaf.name = prefix + field.name();
  leaf.type = field.type()->ToString();
  leaf.path = std::move(path);
  if (leaves.size() >= mostLeaves) fail("it has more than 131072 columns");
  if (isFile(*type)) {
    leaf.kind = ANNEAL_DATA_LEAF_BYTES;
  } else if (type->id() == arrow::Type::STRUCT && type->num_fields() > 0 && depth < mostDepth) {
    for (int child = 0; child < type->num_fields(); ++child) {
      auto next = leaf.path;
      next.push_back(child);
      addLeaves(*type->field(child), leaf.name + ".", std::move(next), depth + 1, leaves);
    }
    return;
  } else if (type->id() == arrow::Type::FIXED_SIZE_LIST) {
    const auto &list = static_cast<const arrow::FixedSizeListType &>(*type);
    const auto kind = kindOf(*storageOf(list.value_type()));
    const bool isSimple = kind == ANNEAL_DATA_LEAF_NUMBER || kind == ANNEAL_DATA_LEAF_BOOL;
    if (isSimple && list.list_size() > 0 && list.list_size() <= longestList &&
        list.value_type()->id() != arrow::Type::DICTIONARY) {
      for (int64_t element = 0; element < list.list_size(); ++element) {
        ArrowLeaf one = leaf;
        if (list.list_size() > 1) one.name += "_" + std::to_string(element);
        one.kind = kind;
        one.type = list.value_type()->ToString();
        one.element = element;
        if (leaves.size() >= mostLeaves) fail("it has more than 131072 columns");
        leaves.push_back(std::move(one));
      }
      return;
    }
    leaf.kind = areLabels(*type) ? ANNEAL_DATA_LEAF_LABELS : ANNEAL_DATA_LEAF_NESTED;
  } else {
    leaf.kind = areLabels(*type) ? ANNEAL_DATA_LEAF_LABELS : kindOf(*type);
  }
  leaves.push_back(std::move(leaf));
}

}  // namespace

std::shared_ptr<arrow::DataType> storageOf(std::shared_ptr<arrow::DataType> type) {
  while (type->id() == arrow::Type::EXTENSION) {
    type = static_cast<const arrow::ExtensionType &>(*type).storage_type();
  }
  return type;
}

bool isFile(const arrow::DataType &type) {
  if (type.id() != arrow::Type::STRUCT || type.num_fields() != 2) return false;
  const auto &record = static_cast<const arrow::StructType &>(type);
  const auto bytes = record.GetFieldByName("bytes");
  const auto path = record.GetFieldByName("path");
  return bytes != nullptr && path != nullptr &&
         (bytes->type()->id() == arrow::Type::BINARY ||
          bytes->type()->id() == arrow::Type::LARGE_BINARY) &&
         (path->type()->id() == arrow::Type::STRING ||
          path->type()->id() == arrow::Type::LARGE_STRING);
}

std::vector<ArrowLeaf> leavesOf(const arrow::Schema &schema) {
  std::vector<ArrowLeaf> leaves;
  for (int index = 0; index < schema.num_fields(); ++index) {
    addLeaves(*schema.field(index), "", {index}, 0, leaves);
  }
  return leaves;
}

}  // namespace anneal
