#include "JsonLines.h"

#include <arrow/util/thread_pool.h>

#include <algorithm>
#include <cstring>

#include "ArrowStatus.h"
#include "Guard.h"

using anneal::check;
using anneal::fail;
using anneal::Field;
using anneal::LineProblem;

namespace anneal {

namespace {

constexpr int mostDepth = 32;
constexpr size_t mostColumns = 1 << 16;
constexpr int64_t longestLine = 64 << 20;
constexpr int64_t pieceBytes = 2 << 20;
constexpr int64_t firstBytes = 128 << 10;

bool isBlank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

/// Reads the scalars of one object, each with its name.
template <typename Scalar>
class ObjectReader {
 public:
  /// - Parameter scalar: Called with the name and the text of each; texts live until the next line. It
  ///   says what is wrong with the name.
  /// - Parameter labels: The name whose lists are one text of labels each.
  ObjectReader(Scalar scalar, std::string labels)
      : scalar(std::move(scalar)), labels(std::move(labels)) {}

  /// Whether a list of labels was read.
  bool hasLabels = false;

  LineProblem read(const uint8_t *first, const uint8_t *last) {
    at = first;
    end = last;
    name.clear();
    decoded.clear();
    skipBlanks();
    if (at == end || *at != '{') return LineProblem::notAnObject;
    problem = LineProblem::none;
    if (!object(0)) return problem == LineProblem::none ? LineProblem::notJson : problem;
    skipBlanks();
    return at == end ? problem : LineProblem::notJson;
  }

 private:
  void skipBlanks() {
    while (at != end && isBlank(*at)) ++at;
  }

  bool accept(uint8_t mark) {
    skipBlanks();
    if (at == end || *at != mark) return false;
    ++at;
    return true;
  }

  bool object(int depth) {
    if (!accept('{')) return false;
    const size_t length = name.size();
    if (accept('}')) return true;
    do {
      skipBlanks();
      Field key;
      if (!text(key)) return false;
      // Names end at a zero byte elsewhere, so that two of them would be one.
      if (std::find(key.begin(), key.end(), uint8_t{0}) != key.end()) {
        problem = LineProblem::zeroInKey;
        return false;
      }
      if (length > 0) name.push_back('.');
      name.append(reinterpret_cast<const char *>(key.data()), key.size());
      if (!accept(':') || !value(depth + 1)) return false;
      name.resize(length);
    } while (accept(','));
    return accept('}');
  }

  bool list(int depth) {
    if (!accept('[')) return false;
    if (!labels.empty() && name == labels) return labelList();
    const size_t length = name.size();
    if (accept(']')) return true;
    int64_t index = 0;
    do {
      name += "_" + std::to_string(index++);
      if (!value(depth + 1)) return false;
      name.resize(length);
    } while (accept(','));
    return accept(']');
  }

  /// The labels of a list, behind its opening bracket.
  bool labelList() {
    hasLabels = true;
    decoded.emplace_back();
    auto &bytes = decoded.back();
    const auto add = [&bytes](std::string_view text) {
      bytes.insert(bytes.end(), text.begin(), text.end());
    };
    if (accept(']')) {
      add(ANNEAL_DATA_LABEL_MARK);
    } else {
      do {
        skipBlanks();
        if (at == end) return false;
        Field field;
        if (*at == '{' || *at == '[') {
          problem = LineProblem::noLabel;
          return false;
        }
        const bool isMissing = *at == 'n';
        if (!plain(field)) return false;
        const std::string_view label =
            isMissing ? ANNEAL_DATA_LABEL_MISSING
                      : std::string_view(reinterpret_cast<const char *>(field.data()), field.size());
        if (label.find(ANNEAL_DATA_LABEL_MARK) != std::string_view::npos) {
          problem = LineProblem::noLabel;
          return false;
        }
        add(ANNEAL_DATA_LABEL_MARK);
        add(label);
      } while (accept(','));
      if (!accept(']')) return false;
    }
    take(Field(bytes.data(), bytes.size()));
    return true;
  }

  bool value(int depth) {
    if (depth > mostDepth) {
      problem = LineProblem::tooDeep;
      return false;
    }
    skipBlanks();
    if (at == end) return false;
    Field field;
    switch (*at) {
      case '{': return object(depth);
      case '[': return list(depth);
      default: if (!plain(field)) return false; break;
    }
    take(field);
    return true;
  }

  /// Gives a value on, and keeps the first that is wrong with the line.
  void take(Field field) {
    const LineProblem found = scalar(name, field);
    if (problem == LineProblem::none) problem = found;
  }

  /// A text, a number or a word.
  bool plain(Field &field) {
    switch (*at) {
      case '"': return text(field);
      case 't': return word("true", "true", field);
      case 'f': return word("false", "false", field);
      case 'n': return word("null", "", field);
      // Python writes these, although JSON has no such numbers.
      case 'N': return word("NaN", "", field);
      case 'I': return word("Infinity", "inf", field);
      default: return number(field);
    }
  }

  bool word(std::string_view word, std::string_view meaning, Field &field) {
    if (static_cast<size_t>(end - at) < word.size() ||
        std::memcmp(at, word.data(), word.size()) != 0) {
      return false;
    }
    at += word.size();
    field = Field(reinterpret_cast<const uint8_t *>(meaning.data()), meaning.size());
    return true;
  }

  bool number(Field &field) {
    const uint8_t *start = at;
    if (*at == '-') ++at;
    if (at != end && *at == 'I') return word("Infinity", "-inf", field);
    if (at == end || !isDigit(*at)) return false;
    while (at != end && (isDigit(*at) || *at == '.' || *at == 'e' || *at == 'E' || *at == '+' ||
                         *at == '-')) {
      ++at;
    }
    field = Field(start, static_cast<size_t>(at - start));
    double ignored = 0;
    return readNumber(field, ignored);
  }

  bool text(Field &field) {
    if (at == end || *at != '"') return false;
    const uint8_t *start = ++at;
    while (at != end && *at != '"' && *at != '\\') ++at;
    if (at == end) return false;
    if (*at == '"') {
      field = Field(start, static_cast<size_t>(at - start));
      ++at;
      return true;
    }
    decoded.emplace_back(start, at);
    auto &bytes = decoded.back();
    while (at != end && *at != '"') {
      if (*at != '\\') {
        bytes.push_back(*at++);
        continue;
      }
      if (++at == end || !escape(bytes)) return false;
    }
    if (at == end) return false;
    ++at;
    field = Field(bytes.data(), bytes.size());
    return true;
  }

  bool escape(std::vector<uint8_t> &bytes) {
    const uint8_t mark = *at++;
    switch (mark) {
      case '"':
      case '\\':
      case '/': bytes.push_back(mark); return true;
      case 'b': bytes.push_back('\b'); return true;
      case 'f': bytes.push_back('\f'); return true;
      case 'n': bytes.push_back('\n'); return true;
      case 'r': bytes.push_back('\r'); return true;
      case 't': bytes.push_back('\t'); return true;
      case 'u': break;
      default: return false;
    }
    uint32_t code = 0;
    if (!hex(code)) return false;
    if (code >= 0xd800 && code < 0xdc00) {
      uint32_t low = 0;
      if (end - at < 2 || at[0] != '\\' || at[1] != 'u') return false;
      at += 2;
      if (!hex(low) || low < 0xdc00 || low > 0xdfff) return false;
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code >= 0xdc00 && code < 0xe000) {
      return false;
    }
    if (code < 0x80) {
      bytes.push_back(static_cast<uint8_t>(code));
    } else {
      const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      const uint32_t first = more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0;
      bytes.push_back(static_cast<uint8_t>(first | code >> (6 * more)));
      for (int step = more - 1; step >= 0; --step) {
        bytes.push_back(static_cast<uint8_t>(0x80 | (code >> (6 * step) & 0x3f)));
      }
    }
    return true;
  }

  bool hex(uint32_t &code) {
    if (end - at < 4) return false;
    code = 0;
    for (int digit = 0; digit < 4; ++digit) {
      const uint8_t byte = *at++;
      const uint8_t letter = byte | 0x20;
      if (isDigit(byte)) {
        code = code << 4 | static_cast<uint32_t>(byte - '0');
      } else if (letter >= 'a' && letter <= 'f') {
        code = code << 4 | static_cast<uint32_t>(letter - 'a' + 10);
      } else {
        return false;
      }
    }
    return true;
  }

  Scalar scalar;
  std::string labels;
  const uint8_t *at = nullptr;
  const uint8_t *end = nullptr;
  std::string name;
  std::deque<std::vector<uint8_t>> decoded;
  LineProblem problem = LineProblem::none;
};

/// Calls `body` with the bounds of each line that is not blank, and its place among all.
template <typename Body>
int64_t forEachLine(const std::vector<uint8_t> &bytes, Body &&body) {
  int64_t line = 0;
  const uint8_t *at = bytes.data();
  const uint8_t *last = at + bytes.size();
  while (at != last) {
    const auto *mark = static_cast<const uint8_t *>(
        std::memchr(at, '\n', static_cast<size_t>(last - at)));
    const uint8_t *end = mark == nullptr ? last : mark;
    if (std::any_of(at, end, [](uint8_t byte) { return !isBlank(byte); })) body(at, end, line);
    ++line;
    at = mark == nullptr ? last : mark + 1;
  }
  return line;
}

}  // namespace

LineReader::LineReader(const std::string &path) : stream(path), rest(3) {
  rest.resize(static_cast<size_t>(stream.read(rest.data(), 3)));
  const std::string_view start(reinterpret_cast<const char *>(rest.data()), rest.size());
  if (start.starts_with("\xff\xfe") || start.starts_with("\xfe\xff")) {
    fail("it is text in UTF-16, and JSON lines are UTF-8");
  }
  if (start == "\xef\xbb\xbf") rest.clear();
}

std::vector<uint8_t> LineReader::next(int64_t size) {
  std::vector<uint8_t> bytes = std::move(rest);
  rest.clear();
  while (!isAtEnd) {
    const auto filled = static_cast<int64_t>(bytes.size());
    if (filled > longestLine + size) fail("a line is longer than 64 MiB");
    bytes.resize(static_cast<size_t>(filled + size));
    const int64_t count = stream.read(bytes.data() + filled, size);
    bytes.resize(static_cast<size_t>(filled + count));
    if (count < size) {
      isAtEnd = true;
      break;
    }
    const auto end = std::find(bytes.rbegin(), bytes.rend(), '\n');
    if (end == bytes.rend()) continue;
    rest.assign(end.base(), bytes.end());
    bytes.resize(bytes.size() - rest.size());
    return bytes;
  }
  return bytes;
}

void JsonColumns::add(const std::string &name) {
  if (!places.try_emplace(name, static_cast<int32_t>(names.size())).second) return;
  if (names.size() == mostColumns) fail("its objects have more than 65536 different keys");
  names.push_back(name);
}

}  // namespace anneal

AnnealDataJsonKeys::AnnealDataJsonKeys(
    const std::string &path, int64_t most, const std::string &labels) {
  columns.labels = labels;
  anneal::LineReader lines(path);
  size_t expected = 0;
  anneal::ObjectReader reader([&](const std::string &name, Field) {
    if (expected >= columns.names.size() || columns.names[expected] != name) {
      columns.add(name);
      expected = static_cast<size_t>(columns.places[name]);
    }
    ++expected;
    return LineProblem::none;
  }, labels);
  int64_t total = 0;
  bool isFirst = true;
  while (total < most) {
    const auto bytes = lines.next(anneal::pieceBytes);
    if (bytes.empty()) return;
    total += static_cast<int64_t>(bytes.size());
    anneal::forEachLine(bytes, [&](const uint8_t *first, const uint8_t *last, int64_t) {
      if (isFirst && *std::find_if_not(first, last, anneal::isBlank) == '[') {
        fail("it is one list, and not an object on each line");
      }
      isFirst = false;
      expected = 0;
      reader.read(first, last);
      columns.hasLabels = columns.hasLabels || reader.hasLabels;
    });
  }
  isComplete = lines.next(1).empty();
}

AnnealDataJsonScan::AnnealDataJsonScan(
    const std::string &path, const AnnealDataJsonKeys &keys, anneal::Requests wantedRequests)
    : lines(path), columns(std::make_shared<const anneal::JsonColumns>(keys.columns)),
      requests(std::move(wantedRequests)) {
  wanted.resize(columns->names.size());
  for (size_t place = 0; place < requests->size(); ++place) {
    wanted.at(static_cast<size_t>((*requests)[place].column)).push_back(place);
  }
}

AnnealDataJsonScan::~AnnealDataJsonScan() {
  for (auto &job : jobs) job.Wait();
}

AnnealDataJsonScan::Batch AnnealDataJsonScan::parse(
    const std::vector<uint8_t> &bytes) const {
  auto batch = std::make_shared<AnnealDataBatch>();
  batch->requests = requests;
  const auto count = std::count(bytes.begin(), bytes.end(), '\n') + 1;
  for (const auto &request : *requests) batch->columns.emplace_back(request, count);
  std::vector<Field> cells(columns->names.size());
  std::vector<int32_t> filled;
  std::vector<bool> isFilled(columns->names.size());
  size_t expected = 0;
  anneal::ObjectReader reader([&](const std::string &name, Field field) {
    if (expected >= columns->names.size() || columns->names[expected] != name) {
      const auto found = columns->places.find(name);
      if (found == columns->places.end()) return LineProblem::unknownKey;
      expected = static_cast<size_t>(found->second);
    }
    const size_t column = expected++;
    if (isFilled[column]) return LineProblem::repeatedKey;
    isFilled[column] = true;
    cells[column] = field;
    filled.push_back(static_cast<int32_t>(column));
    return LineProblem::none;
  }, columns->labels);
  batch->lineCount = anneal::forEachLine(
      bytes, [&](const uint8_t *first, const uint8_t *last, int64_t line) {
        expected = 0;
        const LineProblem problem = reader.read(first, last);
        for (size_t column = 0; column < wanted.size(); ++column) {
          for (const size_t place : wanted[column]) {
            if (problem == LineProblem::none) {
              batch->columns[place].add(cells[column], false);
            } else {
              batch->columns[place].addMisfit({});
            }
          }
        }
        for (const int32_t column : filled) {
          cells[static_cast<size_t>(column)] = {};
          isFilled[static_cast<size_t>(column)] = false;
        }
        filled.clear();
        if (problem != LineProblem::none) {
          batch->misfitRows.push_back(batch->rows);
          batch->misfitFields.push_back(static_cast<int64_t>(problem));
        }
        batch->lines.push_back(static_cast<int32_t>(line));
        ++batch->rows;
      });
  for (auto &column : batch->columns) column.finish();
  return batch;
}

std::unique_ptr<AnnealDataBatch> AnnealDataJsonScan::next() {
  auto *pool = arrow::internal::GetCpuThreadPool();
  const auto most = static_cast<size_t>(pool->GetCapacity()) + 1;
  while (true) {
    while (!isAtEnd && jobs.size() < most) {
      auto bytes = std::make_shared<std::vector<uint8_t>>(
          lines.next(hasStarted ? anneal::pieceBytes : anneal::firstBytes));
      if (bytes->empty()) {
        isAtEnd = true;
        break;
      }
      hasStarted = true;
      jobs.push_back(check(pool->Submit([this, bytes]() -> arrow::Result<Batch> {
        try {
          return parse(*bytes);
        } catch (const std::exception &error) {
          return arrow::Status::Invalid(error.what());
        }
      })));
    }
    if (jobs.empty()) return nullptr;
    auto job = std::move(jobs.front());
    jobs.pop_front();
    Batch batch = check(job.MoveResult());
    batch->firstLine = line;
    line += batch->lineCount;
    if (batch->rows == 0) continue;
    if (batch->rows > 0 && isAtEnd && jobs.empty()) batch->isLast = true;
    auto result = std::make_unique<AnnealDataBatch>(std::move(*batch));
    return result;
  }
}
