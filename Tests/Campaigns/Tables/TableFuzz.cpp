// Feeds hostile tables to the reader of delimited files; see `Tests/Campaigns/fuzz-tables`.
//
// The first bytes of an input are the settings, the rest is the file. However it is cut into pieces, the
// same rows have to come out, and the memory may not grow with what a file claims.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "CData.h"
#include "CellColumn.h"
#include "TableScanner.h"

namespace {

struct Settings {
  AnnealDataRowFormat format;
  anneal::Requests requests;
};

Settings settingsOf(const uint8_t *bytes) {
  const char delimiters[] = ",;\t| \"";
  const int32_t quotes[] = {'"', '"', '\'', -1};
  const int32_t comments[] = {-1, -1, '#', '"'};
  AnnealDataRowFormat format = {};
  format.delimiter = delimiters[bytes[0] % 6];
  format.quote = quotes[bytes[1] % 4];
  format.comment = comments[bytes[1] / 4 % 4];
  format.columns = 1 + bytes[2] % 5;
  format.skipped_lines = bytes[2] / 5 % 3;
  format.skipped_rows = bytes[2] / 15 % 2;
  if (format.quote == format.delimiter) format.quote = -1;
  auto requests = std::make_shared<std::vector<anneal::ColumnRequest>>();
  for (int32_t column = 0; column < format.columns; ++column) {
    anneal::ColumnRequest request;
    request.column = column;
    request.form = column % 3;
    request.reader.decimal = bytes[3] % 2 == 0 ? '.' : ',';
    const int32_t thousands[] = {-1, ',', '.', ' ', '\''};
    request.reader.thousands = thousands[bytes[3] / 2 % 5];
    if (request.reader.thousands == request.reader.decimal) request.reader.thousands = -1;
    if (bytes[3] % 3 == 0) request.reader.missingTexts = {"NA", "?"};
    if (bytes[3] % 5 == 0) request.reader.missingNumbers = {-999};
    requests->push_back(request);
  }
  return {format, requests};
}

/// Everything that the batches say of the rows, as one text.
std::string read(const Settings &settings, const uint8_t *text, size_t size, int64_t piece) {
  AnnealDataRowFormat format = settings.format;
  format.piece_bytes = piece;
  size_t place = 0;
  AnnealDataScanner scanner(format, settings.requests, [&](uint8_t *buffer, int64_t capacity) {
    const size_t count = std::min(size - place, static_cast<size_t>(capacity));
    if (count > 0) std::memcpy(buffer, text + place, count);
    place += count;
    return static_cast<int64_t>(count);
  });
  std::string said;
  while (auto batch = scanner.next()) {
    const AnnealDataRows rows = batch->view();
    std::vector<int64_t> misfits(static_cast<size_t>(rows.rows), 0);
    for (int64_t index = 0; index < rows.misfits; ++index) {
      misfits.at(static_cast<size_t>(rows.misfit_rows[index])) = rows.misfit_fields[index];
    }
    for (int64_t row = 0; row < rows.rows; ++row) {
      const int64_t line = rows.first_line + (rows.lines == nullptr ? row : rows.lines[row]);
      said += std::to_string(line) + ":" + std::to_string(misfits[static_cast<size_t>(row)]);
      for (const auto &column : batch->columns) {
        const AnnealDataCells cells = column.view();
        const auto field = [&](int64_t index) {
          const int64_t start = index == 0 ? 0 : cells.ends[index - 1];
          said.append(reinterpret_cast<const char *>(cells.bytes) + start,
                      static_cast<size_t>(cells.ends[index] - start));
        };
        said += '|';
        if (cells.numbers != nullptr) {
          uint64_t bits;
          std::memcpy(&bits, &cells.numbers[row], 8);
          said += std::to_string(bits);
        } else if (cells.codes != nullptr) {
          if (cells.codes[row] >= cells.texts) std::abort();
          if (cells.codes[row] >= 0) field(cells.codes[row]);
        } else {
          if (cells.texts != rows.rows) std::abort();
          field(row);
        }
      }
      said += '\n';
    }
    if (rows.failure != 0) {
      said += "failure " + std::to_string(rows.failure) + " at " +
              std::to_string(rows.failure_line);
    }
  }
  return said;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size < 5) return 0;
  const Settings settings = settingsOf(bytes);
  const std::string whole = read(settings, bytes + 5, size - 5, 0);
  const std::string parts = read(settings, bytes + 5, size - 5, 1 + bytes[4] % 64);
  if (whole != parts) {
    std::fprintf(stderr, "whole:\n%s\nin parts:\n%s\n", whole.c_str(), parts.c_str());
    std::abort();
  }
  return 0;
}
