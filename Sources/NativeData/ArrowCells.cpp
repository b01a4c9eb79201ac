#include "ArrowCells.h"

#include <arrow/array/array_decimal.h>
#include <arrow/array/array_dict.h>
#include <arrow/array/array_nested.h>
#include <arrow/array/array_primitive.h>
#include <arrow/array/array_binary.h>
#include <arrow/extension_type.h>
#include <arrow/type_traits.h>
#include <arrow/util/bit_util.h>
#include <arrow/util/float16.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <unordered_map>

#include "ArrowStatus.h"
#include "Guard.h"

namespace anneal {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Arrays = std::shared_ptr<arrow::Array>;

Arrays storage(Arrays array) {
  while (array->type_id() == arrow::Type::EXTENSION) {
    array = static_cast<const arrow::ExtensionArray &>(*array).storage();
  }
  return array;
}

Field fieldOf(std::string_view text) {
  return Field(reinterpret_cast<const uint8_t *>(text.data()), text.size());
}

/// A number as a text file has it.
std::string_view written(double number, char (&buffer)[32]) {
  if (std::isnan(number)) return {};
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return {buffer, static_cast<size_t>(end - buffer)};
}

/// Ticks of a second since 1970 as ISO 8601 writes them (Howard Hinnant, "chrono-compatible low-level date
/// algorithms").
std::string moment(int64_t ticks, int64_t perSecond, bool hasTime, bool isUTC) {
  int64_t seconds = ticks / perSecond;
  int64_t fraction = ticks % perSecond;
  if (fraction < 0) {
    fraction += perSecond;
    --seconds;
  }
  int64_t days = seconds / 86400;
  int64_t rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t dayOfEra = shifted - era * 146097;
  const int64_t yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const int64_t part = (5 * dayOfYear + 2) / 153;
  const int64_t day = dayOfYear - (153 * part + 2) / 5 + 1;
  const int64_t month = part < 10 ? part + 3 : part - 9;
  const int64_t year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  char buffer[64];
  int length = std::snprintf(
      buffer, sizeof buffer, "%04lld-%02lld-%02lld", static_cast<long long>(year),
      static_cast<long long>(month), static_cast<long long>(day));
  if (hasTime) {
    length += std::snprintf(
        buffer + length, sizeof buffer - static_cast<size_t>(length), "T%02lld:%02lld:%02lld",
        static_cast<long long>(rest / 3600), static_cast<long long>(rest / 60 % 60),
        static_cast<long long>(rest % 60));
    if (fraction != 0) {
      std::string digits = std::to_string(fraction + perSecond).substr(1);
      while (digits.back() == '0') digits.pop_back();
      length += std::snprintf(
          buffer + length, sizeof buffer - static_cast<size_t>(length), ".%s", digits.c_str());
    }
    if (isUTC) {
      buffer[length++] = 'Z';
    }
  }
  return std::string(buffer, static_cast<size_t>(length));
}

int64_t ticksPerSecond(arrow::TimeUnit::type unit) {
  switch (unit) {
    case arrow::TimeUnit::SECOND: return 1;
    case arrow::TimeUnit::MILLI: return 1000;
    case arrow::TimeUnit::MICRO: return 1000000;
    default: return 1000000000;
  }
}

/// Values of an array: the first one, and how many there are from one to the next.
struct Walk {
  int64_t start = 0;
  int64_t stride = 1;
  int64_t rows = 0;

  int64_t operator[](int64_t row) const { return start + row * stride; }
};

template <typename Type>
void copy(const arrow::Array &array, double scale, Walk walk, double *out) {
  const auto *values = array.data()->GetValues<typename Type::c_type>(1);
  if (walk.stride == 1) {
    values += walk.start;
    for (int64_t row = 0; row < walk.rows; ++row) out[row] = static_cast<double>(values[row]);
  } else {
    for (int64_t row = 0; row < walk.rows; ++row) {
      out[row] = static_cast<double>(values[walk[row]]);
    }
  }
  if (scale != 1) {
    for (int64_t row = 0; row < walk.rows; ++row) out[row] *= scale;
  }
}

template <typename ArrayType>
void copyDecimals(const arrow::Array &array, Walk walk, double *out) {
  const auto &decimals = static_cast<const ArrayType &>(array);
  for (int64_t row = 0; row < walk.rows; ++row) {
    if (array.IsNull(walk[row])) continue;
    const std::string text = decimals.FormatValue(walk[row]);
    if (std::from_chars(text.data(), text.data() + text.size(), out[row]).ec != std::errc()) {
      out[row] = nan;
    }
  }
}

/// Values as numbers; nulls become NaN.
void numbersOf(const arrow::Array &array, Walk walk, double *out) {
  const auto &type = *array.type();
  switch (type.id()) {
    case arrow::Type::NA: std::fill(out, out + walk.rows, nan); return;
    case arrow::Type::UINT8: copy<arrow::UInt8Type>(array, 1, walk, out); break;
    case arrow::Type::INT8: copy<arrow::Int8Type>(array, 1, walk, out); break;
    case arrow::Type::UINT16: copy<arrow::UInt16Type>(array, 1, walk, out); break;
    case arrow::Type::INT16: copy<arrow::Int16Type>(array, 1, walk, out); break;
    case arrow::Type::UINT32: copy<arrow::UInt32Type>(array, 1, walk, out); break;
    case arrow::Type::INT32: copy<arrow::Int32Type>(array, 1, walk, out); break;
    case arrow::Type::UINT64: copy<arrow::UInt64Type>(array, 1, walk, out); break;
    case arrow::Type::INT64: copy<arrow::Int64Type>(array, 1, walk, out); break;
    case arrow::Type::FLOAT: copy<arrow::FloatType>(array, 1, walk, out); break;
    case arrow::Type::DOUBLE: copy<arrow::DoubleType>(array, 1, walk, out); break;
    case arrow::Type::HALF_FLOAT: {
      const auto *values = array.data()->GetValues<uint16_t>(1);
      for (int64_t row = 0; row < walk.rows; ++row) {
        out[row] = arrow::util::Float16::FromBits(values[walk[row]]).ToDouble();
      }
      break;
    }
    case arrow::Type::BOOL: {
      const auto &values = static_cast<const arrow::BooleanArray &>(array);
      for (int64_t row = 0; row < walk.rows; ++row) out[row] = values.Value(walk[row]) ? 1 : 0;
      break;
    }
    case arrow::Type::DECIMAL32: copyDecimals<arrow::Decimal32Array>(array, walk, out); break;
    case arrow::Type::DECIMAL64: copyDecimals<arrow::Decimal64Array>(array, walk, out); break;
    case arrow::Type::DECIMAL128: copyDecimals<arrow::Decimal128Array>(array, walk, out); break;
    case arrow::Type::DECIMAL256: copyDecimals<arrow::Decimal256Array>(array, walk, out); break;
    case arrow::Type::TIME32: {
      const auto unit = static_cast<const arrow::TimeType &>(type).unit();
      copy<arrow::Time32Type>(array, 1.0 / static_cast<double>(ticksPerSecond(unit)), walk, out);
      break;
    }
    case arrow::Type::TIME64: {
      const auto unit = static_cast<const arrow::TimeType &>(type).unit();
      copy<arrow::Time64Type>(array, 1.0 / static_cast<double>(ticksPerSecond(unit)), walk, out);
      break;
    }
    case arrow::Type::DURATION: {
      const auto unit = static_cast<const arrow::DurationType &>(type).unit();
      copy<arrow::DurationType>(array, 1.0 / static_cast<double>(ticksPerSecond(unit)), walk, out);
      break;
    }
    default: fail("a column of the type " + type.ToString() + " holds no numbers");
  }
  if (array.null_count() == 0) return;
  const uint8_t *valid = array.null_bitmap_data();
  for (int64_t row = 0; row < walk.rows; ++row) {
    const bool isThere = valid == nullptr
                             ? array.IsValid(walk[row])
                             : arrow::bit_util::GetBit(valid, array.offset() + walk[row]);
    out[row] = isThere ? out[row] : nan;
  }
}

void numbersOf(const arrow::Array &array, double *out) {
  numbersOf(array, {0, 1, array.length()}, out);
}

bool hasNumbers(const arrow::Array &array) {
  switch (array.type_id()) {
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
    case arrow::Type::FIXED_SIZE_BINARY:
    case arrow::Type::DICTIONARY:
    case arrow::Type::DATE32:
    case arrow::Type::DATE64:
    case arrow::Type::TIMESTAMP: return false;
    default: return true;
  }
}

/// The number that stands for a date or a time of the day.
int64_t dateKey(const arrow::Array &array, int64_t row) {
  switch (array.type_id()) {
    case arrow::Type::DATE32:
    case arrow::Type::TIME32: return array.data()->GetValues<int32_t>(1)[row];
    default: return array.data()->GetValues<int64_t>(1)[row];
  }
}

/// A date of an array as a text.
std::string dateOf(const arrow::Array &array, int64_t row) {
  switch (array.type_id()) {
    case arrow::Type::DATE32:
      return moment(
          int64_t{static_cast<const arrow::Date32Array &>(array).Value(row)} * 86400, 1, false,
          false);
    case arrow::Type::DATE64:
      return moment(
          static_cast<const arrow::Date64Array &>(array).Value(row), 1000, false, false);
    case arrow::Type::TIME32:
    case arrow::Type::TIME64: {
      const auto unit = static_cast<const arrow::TimeType &>(*array.type()).unit();
      // Without the day, and the T behind it.
      return moment(dateKey(array, row), ticksPerSecond(unit), true, false).substr(11);
    }
    default: {
      const auto &type = static_cast<const arrow::TimestampType &>(*array.type());
      return moment(
          static_cast<const arrow::TimestampArray &>(array).Value(row), ticksPerSecond(type.unit()),
          true, !type.timezone().empty());
    }
  }
}

/// Calls `add` with the text of each row, empty where there is none.
template <typename Add>
void forEachText(const arrow::Array &array, Add &&add) {
  const auto all = [&](const auto &texts) {
    for (int64_t row = 0; row < texts.length(); ++row) {
      add(texts.IsNull(row) ? std::string_view() : std::string_view(texts.GetView(row)));
    }
  };
  switch (array.type_id()) {
    case arrow::Type::STRING:
    case arrow::Type::BINARY: all(static_cast<const arrow::BinaryArray &>(array)); return;
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY: all(static_cast<const arrow::LargeBinaryArray &>(array)); return;
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY_VIEW: all(static_cast<const arrow::BinaryViewArray &>(array)); return;
    case arrow::Type::FIXED_SIZE_BINARY:
      all(static_cast<const arrow::FixedSizeBinaryArray &>(array));
      return;
    case arrow::Type::BOOL:
      for (int64_t row = 0; row < array.length(); ++row) {
        const bool value = static_cast<const arrow::BooleanArray &>(array).Value(row);
        add(array.IsNull(row) ? std::string_view() : std::string_view(value ? "true" : "false"));
      }
      return;
    case arrow::Type::DATE32:
    case arrow::Type::DATE64:
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
    case arrow::Type::TIMESTAMP:
      for (int64_t row = 0; row < array.length(); ++row) {
        add(array.IsNull(row) ? std::string() : dateOf(array, row));
      }
      return;
    case arrow::Type::INT64:
    case arrow::Type::UINT64:
      // Longer than the numbers that 64 bits of floating point hold.
      for (int64_t row = 0; row < array.length(); ++row) {
        char buffer[32];
        const char *end = buffer;
        if (array.IsValid(row)) {
          end = array.type_id() == arrow::Type::INT64
                    ? std::to_chars(
                          buffer, buffer + 32, static_cast<const arrow::Int64Array &>(array).Value(row))
                          .ptr
                    : std::to_chars(
                          buffer, buffer + 32,
                          static_cast<const arrow::UInt64Array &>(array).Value(row))
                          .ptr;
        }
        add(std::string_view(buffer, static_cast<size_t>(end - buffer)));
      }
      return;
    case arrow::Type::FLOAT:
      for (int64_t row = 0; row < array.length(); ++row) {
        char buffer[32];
        const float value = static_cast<const arrow::FloatArray &>(array).Value(row);
        const char *end = buffer;
        if (array.IsValid(row) && !std::isnan(value)) {
          end = std::to_chars(buffer, buffer + 32, value).ptr;
        }
        add(std::string_view(buffer, static_cast<size_t>(end - buffer)));
      }
      return;
    default: {
      std::unique_ptr<double[]> numbers(new double[static_cast<size_t>(array.length()) + 1]);
      numbersOf(array, numbers.get());
      char buffer[32];
      for (int64_t row = 0; row < array.length(); ++row) {
        add(written(numbers[static_cast<size_t>(row)], buffer));
      }
    }
  }
}

/// Adds texts that a dictionary holds, each of which is read once.
void fillFromDictionary(CellColumn &cells, int32_t form, const arrow::DictionaryArray &array) {
  const auto values = storage(array.dictionary());
  check(values->ValidateFull());
  std::vector<std::string> texts;
  if (values->type_id() == arrow::Type::DICTIONARY) fail("a dictionary of a dictionary is not read");
  forEachText(*values, [&](std::string_view text) { texts.emplace_back(text); });
  // What is missing has the place before the first.
  std::vector<int32_t> entries(texts.size() + 1, -1);
  const auto add = [&](int64_t place) __attribute__((always_inline)) {
    int32_t &entry = entries[static_cast<size_t>(place + 1)];
    const auto text = [&] {
      return fieldOf(place < 0 ? std::string_view() : texts[static_cast<size_t>(place)]);
    };
    if (form != ANNEAL_DATA_CELL_CODES) return cells.add(text(), false);
    if (entry < 0) entry = cells.entryOf(text());
    cells.addEntry(entry);
  };
  const auto count = static_cast<int64_t>(texts.size());
  // The usual kind of places, without a question for their type at each.
  const auto &places = *array.indices();
  const bool isUsual = places.type_id() == arrow::Type::INT32;
  const auto *usual = isUsual ? places.data()->GetValues<int32_t>(1) : nullptr;
  const uint8_t *valid = array.null_count() == 0 ? nullptr : places.null_bitmap_data();
  for (int64_t row = 0; row < array.length(); ++row) {
    const bool isThere =
        valid == nullptr || arrow::bit_util::GetBit(valid, places.offset() + row);
    const int64_t place = !isThere ? -1 : isUsual ? usual[row] : array.GetValueIndex(row);
    if (isThere && (place < 0 || place >= count)) {
      fail("a column's codes go beyond its dictionary");
    }
    add(place);
  }
}

/// Adds dates, each different one of which is written once.
void fillFromDates(CellColumn &cells, const arrow::Array &array) {
  std::unordered_map<int64_t, int32_t> entries;
  int32_t missing = -1;
  for (int64_t row = 0; row < array.length(); ++row) {
    if (array.IsNull(row)) {
      if (missing < 0) missing = cells.entryOf({});
      cells.addEntry(missing);
      continue;
    }
    const auto [known, isNew] = entries.try_emplace(dateKey(array, row), 0);
    if (isNew) known->second = cells.entryOf(fieldOf(dateOf(array, row)));
    cells.addEntry(known->second);
  }
}

/// The bytes of files that a structure holds, or their paths where the bytes are not there.
void fillFromFiles(CellColumn &cells, const arrow::StructArray &array) {
  const auto bytes = array.GetFieldByName("bytes");
  const auto path = array.GetFieldByName("path");
  std::vector<std::string_view> paths;
  forEachText(*path, [&](std::string_view text) { paths.push_back(text); });
  int64_t row = 0;
  forEachText(*bytes, [&](std::string_view content) {
    const bool isThere = array.IsValid(row) && bytes->IsValid(row);
    const std::string_view other = array.IsValid(row) ? paths[static_cast<size_t>(row)] : "";
    cells.add(fieldOf(isThere ? content : other), false);
    ++row;
  });
}

/// An array, and where its memory goes afterwards.
struct Kept {
  std::shared_ptr<arrow::MemoryPool> pool;
  Arrays array;
};

/// The texts of an array, of a dictionary's too; whether each is missing is told beside.
void forEachLabel(
    const arrow::Array &array, const std::function<void(std::string_view, bool isMissing)> &add) {
  if (array.type_id() != arrow::Type::DICTIONARY) {
    int64_t row = 0;
    forEachText(array, [&](std::string_view text) { add(text, array.IsNull(row++)); });
    return;
  }
  const auto &coded = static_cast<const arrow::DictionaryArray &>(array);
  const auto values = storage(coded.dictionary());
  check(values->ValidateFull());
  if (values->type_id() == arrow::Type::DICTIONARY) fail("a dictionary of a dictionary is not read");
  std::vector<std::string> texts;
  forEachText(*values, [&](std::string_view text) { texts.emplace_back(text); });
  for (int64_t row = 0; row < coded.length(); ++row) {
    const int64_t place = coded.IsNull(row) ? -1 : coded.GetValueIndex(row);
    if (place >= static_cast<int64_t>(texts.size()) || (place < 0 && coded.IsValid(row))) {
      fail("a column's codes go beyond its dictionary");
    }
    const bool isMissing = place < 0 || values->IsNull(place);
    add(isMissing ? std::string_view() : texts[static_cast<size_t>(place)], isMissing);
  }
}

/// Lists of labels as a text each.
template <typename Lists>
void fillFromLabels(CellColumn &cells, const Lists &lists) {
  const int64_t rows = lists.length();
  if (rows == 0) return;
  const int64_t first = lists.value_offset(0);
  const int64_t last = lists.value_offset(rows);
  std::vector<std::string> labels;
  forEachLabel(*storage(lists.values())->Slice(first, last - first),
               [&](std::string_view text, bool isMissing) {
                 if (text.find(ANNEAL_DATA_LABEL_MARK) != std::string_view::npos) {
                   fail("a label has the character U+241F in it, which parts labels here");
                 }
                 labels.emplace_back(isMissing ? ANNEAL_DATA_LABEL_MISSING : text);
               });
  std::string text;
  for (int64_t row = 0; row < rows; ++row) {
    text.clear();
    if (lists.IsValid(row)) {
      const int64_t start = lists.value_offset(row) - first;
      const int64_t end = lists.value_offset(row + 1) - first;
      if (start == end) text = ANNEAL_DATA_LABEL_MARK;
      for (int64_t place = start; place < end; ++place) {
        text += ANNEAL_DATA_LABEL_MARK + labels.at(static_cast<size_t>(place));
      }
    }
    cells.add(fieldOf(text), false);
  }
}

/// The array of a leaf, with the nulls of the structures around it.
Arrays arrayOf(const ArrowLeaf &leaf, Arrays column) {
  Arrays array = storage(std::move(column));
  for (size_t step = 1; step < leaf.path.size(); ++step) {
    if (array->type_id() != arrow::Type::STRUCT) fail("a structure lacks its members");
    array = storage(check(static_cast<const arrow::StructArray &>(*array).GetFlattenedField(
        leaf.path[step])));
  }
  return array;
}

/// The numbers at a place of each list.
std::unique_ptr<double[]> elementsOf(const arrow::Array &array, int64_t element) {
  const auto &lists = static_cast<const arrow::FixedSizeListArray &>(array);
  const int64_t width = lists.list_type()->list_size();
  const int64_t rows = array.length();
  std::unique_ptr<double[]> numbers(new double[static_cast<size_t>(rows) + 1]);
  numbersOf(*storage(lists.values()), {lists.offset() * width + element, width, rows}, numbers.get());
  for (int64_t row = 0; row < rows && lists.null_count() != 0; ++row) {
    if (lists.IsNull(row)) numbers[static_cast<size_t>(row)] = nan;
  }
  return numbers;
}

}  // namespace

void fill(
    CellColumn &cells, int32_t form, const ArrowLeaf &leaf, std::shared_ptr<arrow::Array> column,
    const std::shared_ptr<arrow::MemoryPool> &pool) {
  const Arrays array = arrayOf(leaf, std::move(column));
  const int64_t rows = array->length();
  if (leaf.element >= 0) {
    auto numbers = elementsOf(*array, leaf.element);
    if (form == ANNEAL_DATA_CELL_NUMBERS) return cells.take(std::move(numbers), rows);
    char buffer[32];
    for (int64_t row = 0; row < rows; ++row) {
      cells.add(fieldOf(written(numbers[static_cast<size_t>(row)], buffer)), false);
    }
    return;
  }
  switch (array->type_id()) {
    case arrow::Type::LIST:
      return fillFromLabels(cells, static_cast<const arrow::ListArray &>(*array));
    case arrow::Type::LARGE_LIST:
      return fillFromLabels(cells, static_cast<const arrow::LargeListArray &>(*array));
    case arrow::Type::FIXED_SIZE_LIST:
      return fillFromLabels(cells, static_cast<const arrow::FixedSizeListArray &>(*array));
    default: break;
  }
  if (array->type_id() == arrow::Type::STRUCT) {
    return fillFromFiles(cells, static_cast<const arrow::StructArray &>(*array));
  }
  if (array->type_id() == arrow::Type::DICTIONARY) {
    return fillFromDictionary(cells, form, static_cast<const arrow::DictionaryArray &>(*array));
  }
  if (form == ANNEAL_DATA_CELL_NUMBERS && array->type_id() == arrow::Type::DOUBLE &&
      array->null_count() == 0) {
    const auto *numbers = array->data()->GetValues<double>(1);
    if (reinterpret_cast<uintptr_t>(numbers) % alignof(double) == 0) {
      return cells.take(std::make_shared<Kept>(Kept{pool, array}), numbers, rows);
    }
  }
  if (form == ANNEAL_DATA_CELL_NUMBERS && hasNumbers(*array)) {
    std::unique_ptr<double[]> numbers(new double[static_cast<size_t>(rows) + 1]);
    numbersOf(*array, numbers.get());
    return cells.take(std::move(numbers), rows);
  }
  if (form == ANNEAL_DATA_CELL_CODES && leaf.kind == ANNEAL_DATA_LEAF_DATE) {
    return fillFromDates(cells, *array);
  }
  forEachText(*array, [&](std::string_view text) { cells.add(fieldOf(text), false); });
}

}  // namespace anneal
