#include "TableScanner.h"

#include <arrow/util/thread_pool.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "ArrowStatus.h"
#include "Guard.h"
#include "RowSplitter.h"

using anneal::check;
using anneal::Field;
using anneal::MarkFinder;
using anneal::Piece;
using anneal::RowSplitter;

namespace {

/// Pieces of this size are read at a time: large enough for little to do between them, and small enough for
/// their columns to stay in a processor's cache. The first one is smaller, for a guess.
constexpr int64_t usualPiece = 1 << 20;
constexpr int64_t usualFirst = 1 << 16;

/// A row that is longer is none; what follows is not looked at.
constexpr int64_t longestPiece = (1 << 26) + (1 << 22);

bool isLineEnd(uint8_t byte) { return byte == '\n' || byte == '\r'; }

/// The rows of a piece.
///
/// - Parameter skipped: How many rows at the start are passed over; what is left of that is put there.
/// - Returns: null where the piece does not end after a row although more follows.
std::shared_ptr<AnnealDataBatch> parsed(
    const Piece &piece, const AnnealDataRowFormat &format, const anneal::Requests &requests,
    int64_t &skipped, bool isLast) {
  auto batch = std::make_shared<AnnealDataBatch>();
  batch->requests = requests;
  const uint8_t *const bytes = piece.bytes.data();
  const bool hasReturns = std::memchr(bytes, '\r', static_cast<size_t>(piece.size)) != nullptr;
  const int64_t most = anneal::countOf('\n', bytes, piece.size) +
                       (hasReturns ? anneal::countOf('\r', bytes, piece.size) : 0) + 1;
  for (const auto &request : *requests) batch->columns.emplace_back(request, most);
  RowSplitter splitter(Field(bytes, static_cast<size_t>(piece.size)), format);
  int64_t firstLine = -1;
  bool isEven = true;
  while (splitter.next()) {
    if (skipped > 0) {
      --skipped;
      continue;
    }
    if (firstLine < 0) firstLine = splitter.line();
    const auto line = static_cast<int32_t>(splitter.line() - firstLine);
    if (line != batch->rows) isEven = false;
    batch->lines.push_back(line);
    const auto &fields = splitter.fields();
    const bool isPadded = !splitter.hasRewritten();
    const auto count = static_cast<int64_t>(fields.size());
    if (splitter.hasStrayText() || count != format.columns) {
      batch->misfitRows.push_back(batch->rows);
      batch->misfitFields.push_back(splitter.hasStrayText() ? -1 : count);
      for (size_t index = 0; index < requests->size(); ++index) {
        const int32_t column = (*requests)[index].column;
        batch->columns[index].addMisfit(
            column < count ? fields[static_cast<size_t>(column)] : Field());
      }
    } else {
      for (size_t index = 0; index < requests->size(); ++index) {
        const Field &field = fields[static_cast<size_t>((*requests)[index].column)];
        batch->columns[index].add(field, isPadded);
      }
    }
    ++batch->rows;
  }
  AnnealDataRowFailure failure = splitter.failure();
  if (piece.isEndless && failure != ANNEAL_DATA_ROWS_LONG_FIELD) {
    failure = ANNEAL_DATA_ROWS_LONG_ROW;
  }
  if (failure == ANNEAL_DATA_ROWS_OPEN_QUOTE && !isLast) return nullptr;
  if (isEven) batch->lines.clear();
  for (auto &column : batch->columns) column.finish();
  batch->firstLine = std::max<int64_t>(firstLine, 0);
  batch->lineCount = splitter.lines();
  batch->failure = failure;
  batch->failureLine = splitter.line();
  return batch;
}

}  // namespace

AnnealDataRows AnnealDataBatch::view() const {
  AnnealDataRows view = {};
  view.rows = rows;
  view.first_line = firstLine;
  view.lines = lines.empty() ? nullptr : lines.data();
  view.misfits = static_cast<int64_t>(misfitRows.size());
  view.misfit_rows = misfitRows.data();
  view.misfit_fields = misfitFields.data();
  view.is_last = isLast;
  view.failure = failure;
  view.failure_line = failureLine;
  return view;
}

namespace anneal {

Requests requestsOf(
    const AnnealDataCellRequest *requests, int32_t count, const AnnealDataMissing &missing) {
  auto list = std::make_shared<std::vector<ColumnRequest>>();
  int64_t texts = 0;
  int64_t numbers = 0;
  for (int32_t index = 0; index < count; ++index) {
    const auto &from = requests[index];
    ColumnRequest request;
    request.column = from.column;
    request.form = from.form;
    request.reader.decimal = from.decimal;
    request.reader.thousands = from.thousands;
    for (int32_t place = 0; place < from.missing_texts; ++place, ++texts) {
      const int64_t start = texts == 0 ? 0 : missing.ends[texts - 1];
      request.reader.missingTexts.emplace_back(
          reinterpret_cast<const char *>(missing.bytes + start),
          static_cast<size_t>(missing.ends[texts] - start));
    }
    for (int32_t place = 0; place < from.missing_numbers; ++place, ++numbers) {
      request.reader.missingNumbers.push_back(missing.numbers[numbers]);
    }
    list->push_back(std::move(request));
  }
  return list;
}

std::unique_ptr<AnnealDataBatch> batchOf(
    const Requests &requests, int64_t rows, const uint8_t *bytes, const int64_t *ends,
    const uint8_t *isRow) {
  auto batch = std::make_unique<AnnealDataBatch>();
  batch->requests = requests;
  batch->rows = rows;
  CellColumn column(requests->front(), rows);
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t start = row == 0 ? 0 : ends[row - 1];
    const Field field(bytes + start, static_cast<size_t>(ends[row] - start));
    if (isRow == nullptr || isRow[row] != 0) {
      column.add(field, /*isPadded=*/false);
    } else {
      column.addMisfit(field);
    }
  }
  column.finish();
  batch->columns.push_back(std::move(column));
  return batch;
}

}  // namespace anneal

AnnealDataScanner::AnnealDataScanner(
    const AnnealDataRowFormat &format, anneal::Requests requests, Read read)
    : format(format), requests(std::move(requests)), read(std::move(read)) {
  for (const auto &request : *this->requests) {
    if (request.column < 0 || request.column >= format.columns) {
      anneal::fail("a column is none of the table");
    }
  }
  rowsToSkip = format.skipped_rows;
  pieceSize = format.piece_bytes > 0 ? format.piece_bytes : usualPiece;
  firstSize = std::min(pieceSize, usualFirst);
}

AnnealDataScanner::~AnnealDataScanner() {
  for (auto &job : jobs) job.result.Wait();
}

std::unique_ptr<AnnealDataBatch> AnnealDataScanner::next() {
  if (!hasStarted) start();
  while (!hasFailed) {
    // The first rows, and those before the table, are read here and alone.
    if (jobs.empty() && (batches == 0 || rowsToSkip > 0)) {
      auto piece = cut(batches == 0 ? firstSize : pieceSize);
      if (piece == nullptr) return nullptr;
      const bool isLast = isAtEnd && pendingSize == 0;
      int64_t skipped = rowsToSkip;
      auto batch = parsed(*piece, format, requests, skipped, isLast);
      if (batch == nullptr) {
        rejoin(*piece);
        continue;
      }
      rowsToSkip = skipped;
      auto given = deliver(std::move(batch), isLast);
      if (given != nullptr) return given;
      continue;
    }
    schedule();
    if (jobs.empty()) return nullptr;
    Job job = std::move(jobs.front());
    jobs.pop_front();
    Batch batch = check(job.result.result());
    if (batch == nullptr) {
      rejoin(*job.piece);
      continue;
    }
    auto given = deliver(std::move(batch), job.isLast);
    if (given != nullptr) return given;
  }
  return nullptr;
}

std::unique_ptr<AnnealDataBatch> AnnealDataScanner::deliver(Batch batch, bool isLast) {
  batch->firstLine += line;
  batch->failureLine += line;
  batch->isLast = isLast;
  line += batch->lineCount;
  hasFailed = batch->failure != ANNEAL_DATA_ROWS_WHOLE;
  if (batch->rows == 0 && !hasFailed) return nullptr;
  ++batches;
  return std::make_unique<AnnealDataBatch>(std::move(*batch));
}

void AnnealDataScanner::start() {
  hasStarted = true;
  // The lines before the table may be of any form.
  int64_t left = format.skipped_lines;
  while (left > 0) {
    fill(firstSize);
    if (pendingSize == 0) return;
    int64_t place = 0;
    while (place < pendingSize && left > 0) {
      const uint8_t byte = pending[static_cast<size_t>(place)];
      // What follows a return at the end of what was read tells whether it ends the line.
      if (byte == '\r' && place + 1 == pendingSize && !isAtEnd) break;
      ++place;
      if (!isLineEnd(byte)) continue;
      if (byte == '\r' && place < pendingSize && pending[static_cast<size_t>(place)] == '\n') {
        ++place;
      }
      --left;
      ++line;
    }
    std::memmove(pending.data(), pending.data() + place, static_cast<size_t>(pendingSize - place));
    pendingSize -= place;
    if (pendingSize > 0 && left > 0) fill(pendingSize + 1);
  }
}

void AnnealDataScanner::fill(int64_t size) {
  if (static_cast<int64_t>(pending.size()) < size) pending.resize(static_cast<size_t>(size));
  while (pendingSize < size && !isAtEnd) {
    const int64_t count = read(pending.data() + pendingSize, size - pendingSize);
    if (count < 0) anneal::fail("the file cannot be read");
    isAtEnd = count == 0;
    pendingSize += count;
  }
}

std::shared_ptr<Piece> AnnealDataScanner::cut(int64_t size) {
  int64_t whole = 0;
  for (int64_t wanted = size; whole == 0; wanted = pendingSize * 2) {
    // One byte more tells whether anything follows.
    fill(std::min(wanted, longestPiece) + 1);
    if (pendingSize == 0) return nullptr;
    whole = isAtEnd || pendingSize > longestPiece ? pendingSize : wholeRows();
  }
  auto piece = std::make_shared<Piece>();
  piece->size = whole;
  piece->isEndless = !isAtEnd && whole > longestPiece;
  const int64_t rest = pendingSize - whole;
  anneal::Bytes next(static_cast<size_t>(std::max(rest, pieceSize + 1)));
  std::memcpy(next.data(), pending.data() + whole, static_cast<size_t>(rest));
  pending.resize(static_cast<size_t>(whole + MarkFinder::padding));
  piece->bytes = std::exchange(pending, std::move(next));
  pendingSize = rest;
  return piece;
}

int64_t AnnealDataScanner::wholeRows() {
  const uint8_t *const bytes = pending.data();
  const bool hasQuotes =
      format.quote >= 0 &&
      std::memchr(bytes, format.quote, static_cast<size_t>(pendingSize)) != nullptr;
  if (hasQuotes && !cutsByQuotes) return wholeRowsByReading();
  const auto quote = static_cast<uint8_t>(format.quote);
  int64_t quotes = hasQuotes ? anneal::countOf(quote, bytes, pendingSize) : 0;
  int64_t last = pendingSize;
  for (int64_t place = pendingSize; place > 0; --place) {
    if (!isLineEnd(bytes[place - 1])) continue;
    // A return at the end may be the first half of a line's end.
    if (bytes[place - 1] == '\r' && (place == pendingSize || bytes[place] == '\n')) continue;
    if (hasQuotes) quotes -= anneal::countOf(quote, bytes + place, last - place);
    last = place;
    if (quotes % 2 == 0) return place;
  }
  if (!hasQuotes) return 0;
  cutsByQuotes = false;
  return wholeRowsByReading();
}

int64_t AnnealDataScanner::wholeRowsByReading() const {
  // The splitter looks behind the text; there it finds no row's end that is not certain.
  std::vector<uint8_t> copy(pending.begin(), pending.begin() + pendingSize);
  copy.resize(static_cast<size_t>(pendingSize + MarkFinder::padding));
  RowSplitter splitter(Field(copy.data(), static_cast<size_t>(pendingSize)), format);
  int64_t whole = 0;
  while (splitter.next()) {
    const int64_t place = splitter.place() - copy.data();
    if (place < pendingSize) whole = place;
  }
  return whole;
}

void AnnealDataScanner::schedule() {
  auto *pool = arrow::internal::GetCpuThreadPool();
  const auto most = static_cast<size_t>(std::max(pool->GetCapacity(), 1)) + 1;
  while (jobs.size() < most) {
    auto piece = cut(pieceSize);
    if (piece == nullptr) return;
    const bool isLast = isAtEnd && pendingSize == 0;
    auto work = [piece, isLast, format = format, requests = requests]() -> arrow::Result<Batch> {
      try {
        int64_t skipped = 0;
        return parsed(*piece, format, requests, skipped, isLast);
      } catch (const std::bad_alloc &) {
        return arrow::Status::OutOfMemory("there is not enough memory");
      } catch (const std::exception &error) {
        return arrow::Status::UnknownError(error.what());
      }
    };
    jobs.push_back(Job{piece, isLast, check(pool->Submit(std::move(work)))});
  }
}

void AnnealDataScanner::rejoin(const Piece &broken) {
  cutsByQuotes = false;
  anneal::Bytes joined(broken.bytes.begin(), broken.bytes.begin() + broken.size);
  for (auto &job : jobs) {
    job.result.Wait();
    const auto &piece = *job.piece;
    joined.insert(joined.end(), piece.bytes.begin(), piece.bytes.begin() + piece.size);
  }
  jobs.clear();
  joined.insert(joined.end(), pending.begin(), pending.begin() + pendingSize);
  pendingSize = static_cast<int64_t>(joined.size());
  pending = std::move(joined);
}
