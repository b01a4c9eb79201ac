#include "RowSplitter.h"

#include <algorithm>
#include <cstring>

namespace anneal {

namespace {

/// A field or row beyond these is a quote that is never closed, or no table at all.
constexpr int64_t longestField = 1 << 20;
constexpr int64_t longestRow = 1 << 26;

/// What is held for each field is many times the delimiter that makes it.
constexpr size_t mostFields = 1 << 17;

bool isLineEnd(uint8_t byte) { return byte == '\n' || byte == '\r'; }

}  // namespace

int64_t countOf(uint8_t byte, const uint8_t *text, int64_t size) {
  int64_t count = 0;
  int64_t place = 0;
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8(static_cast<char>(byte));
  while (place + 16 <= size) {
    // No more than 255 are counted in a byte.
    const int64_t end = std::min<int64_t>(size - 15, place + 255 * 16);
    __m128i counts = _mm_setzero_si128();
    for (; place < end; place += 16) {
      const auto *bytes = reinterpret_cast<const __m128i *>(text + place);
      counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(_mm_loadu_si128(bytes), wanted));
    }
    const __m128i sums = _mm_sad_epu8(counts, _mm_setzero_si128());
    count += _mm_cvtsi128_si64(sums) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums));
  }
#endif
  for (; place < size; ++place) count += text[place] == byte ? 1 : 0;
  return count;
}

RowSplitter::RowSplitter(Field text, const AnnealDataRowFormat &format)
    : end(text.data() + text.size()),
      delimiter(format.delimiter),
      // Fields need no look at their start where no quote is.
      quote(format.quote >= 0 && !text.empty() &&
                    std::memchr(text.data(), format.quote, text.size()) != nullptr
                ? format.quote
                : -1),
      comment(format.comment),
      marks(text.data(), text.data() + text.size(), static_cast<uint8_t>(format.delimiter)),
      position(text.data()) {}

bool RowSplitter::next() {
  row.clear();
  if (!rewritten.empty()) rewritten.clear();
  rowSize = 0;
  strayText = false;
  while (position != end) {
    rowLine = currentLine;
    const uint8_t *start = position;
    if (isComment()) {
      passOverLine();
      continue;
    }
    while (true) {
      bool isQuoted = false;
      if (quote >= 0) {
        const uint8_t *first = start;
        while (first != end && isBlank(*first)) ++first;
        if (first != end && *first == quote) {
          isQuoted = true;
          if (!readQuoted(first)) return false;
        }
      }
      const uint8_t *mark;
      if (isQuoted) {
        mark = position;
        marks.seek(mark);
        if (mark != end) marks.next();
      } else {
        mark = marks.next();
        const bool isEmptyLine = row.empty() && (mark == end || isLineEnd(*mark)) && [&] {
          for (const uint8_t *byte = start; byte != mark; ++byte) {
            if (!isBlank(*byte)) return false;
          }
          return true;
        }();
        if (isEmptyLine) {
          position = mark;
          if (mark != end) endLine();
          break;
        }
        if (!addField(start, mark)) return false;
      }
      position = mark;
      if (mark == end) return true;
      if (isLineEnd(*mark)) {
        endLine();
        return true;
      }
      start = mark + 1;
      if (start == end) {
        // A delimiter ends the text: an empty field follows.
        position = end;
        return addField(end, end);
      }
    }
  }
  rowLine = currentLine;
  return false;
}

bool RowSplitter::isComment() const { return *position == comment; }

void RowSplitter::passOverLine() {
  const uint8_t *byte = position;
  while (byte != end && !isLineEnd(*byte)) ++byte;
  position = byte;
  if (byte != end) endLine();
  marks.seek(position);
}

void RowSplitter::countLine(uint8_t byte) {
  if (byte == '\r' || (byte == '\n' && !endedInReturn)) ++currentLine;
  endedInReturn = byte == '\r';
}

void RowSplitter::countLines(const uint8_t *from, const uint8_t *to) {
  const auto size = static_cast<size_t>(to - from);
  if (size == 0) return;
  if (std::memchr(from, '\n', size) == nullptr && std::memchr(from, '\r', size) == nullptr) {
    endedInReturn = false;
    return;
  }
  for (const uint8_t *byte = from; byte != to; ++byte) countLine(*byte);
}

void RowSplitter::endLine() {
  const uint8_t byte = *position++;
  countLine(byte);
  if (byte == '\r' && position != end && *position == '\n') {
    ++position;
    marks.next();
  }
  endedInReturn = false;
}

bool RowSplitter::readQuoted(const uint8_t *opening) {
  const uint8_t *start = opening + 1;
  std::basic_string<uint8_t> *copy = nullptr;
  const auto append = [&](const uint8_t *from, const uint8_t *to) {
    copy->append(from, static_cast<size_t>(to - from));
  };
  const auto needCopy = [&] {
    if (copy != nullptr) return;
    rewritten.emplace_back();
    copy = &rewritten.back();
  };
  const uint8_t *closing;
  for (const uint8_t *from = start;;) {
    closing = static_cast<const uint8_t *>(
        std::memchr(from, quote, static_cast<size_t>(end - from)));
    const uint8_t *const stop = closing == nullptr ? end : closing;
    countLines(from, stop);
    const int64_t size =
        (copy == nullptr ? 0 : static_cast<int64_t>(copy->size())) + (stop - start);
    if (size > longestField) {
      failed = ANNEAL_DATA_ROWS_LONG_FIELD;
      return false;
    }
    if (rowSize + size > longestRow) {
      failed = ANNEAL_DATA_ROWS_LONG_ROW;
      return false;
    }
    if (closing == nullptr) {
      failed = ANNEAL_DATA_ROWS_OPEN_QUOTE;
      return false;
    }
    if (closing + 1 == end || closing[1] != quote) break;
    // Of a doubled quote one is meant.
    needCopy();
    append(start, closing + 1);
    start = from = closing + 2;
  }
  const uint8_t *byte = closing + 1;
  while (byte != end && isBlank(*byte)) ++byte;
  if (byte == end || *byte == delimiter || isLineEnd(*byte)) {
    position = byte;
    if (copy == nullptr) return addField(start, closing);
    append(start, closing);
    return addField(copy->data(), copy->data() + copy->size());
  }
  strayText = true;
  needCopy();
  append(start, closing);
  const uint8_t *rest = byte;
  while (byte != end && *byte != delimiter && !isLineEnd(*byte)) ++byte;
  append(rest, byte);
  position = byte;
  return addField(copy->data(), copy->data() + copy->size());
}

bool RowSplitter::addField(const uint8_t *from, const uint8_t *to) {
  const int64_t size = to - from;
  rowSize += size;
  if (size > longestField || rowSize > longestRow) {
    failed = size > longestField ? ANNEAL_DATA_ROWS_LONG_FIELD : ANNEAL_DATA_ROWS_LONG_ROW;
    return false;
  }
  if (row.size() == mostFields) {
    failed = ANNEAL_DATA_ROWS_MANY_FIELDS;
    return false;
  }
  row.emplace_back(from, static_cast<size_t>(size));
  return true;
}

}  // namespace anneal
