// Takes delimited text apart into rows and fields.

#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "CData.h"
#include "MarkFinder.h"
#include "TextCell.h"

namespace anneal {

/// Reads the rows of a piece of a delimited file (RFC 4180) that starts with a row and ends after one.
///
/// Fields may be quoted and then hold delimiters, doubled quotes and line ends; blanks around the quotes do
/// not count. Lines end in LF, CR LF or CR; empty and blank lines and comments are passed over.
class RowSplitter {
 public:
  /// - Parameter text: Followed by `MarkFinder::padding` bytes that may be read.
  RowSplitter(Field text, const AnnealDataRowFormat &format);

  /// Reads the next row; false at the end, or where there is a failure.
  bool next();

  /// The fields of the row last read.
  const std::vector<Field> &fields() const { return row; }

  /// Whether a field of the row is not as it stands in the text, behind which there is padding.
  bool hasRewritten() const { return !rewritten.empty(); }

  /// Whether text follows a closing quote in the row.
  bool hasStrayText() const { return strayText; }

  /// How many lines come before the row, and after all rows how many there are.
  int64_t line() const { return rowLine; }
  int64_t lines() const { return currentLine; }

  /// Where the next row starts.
  const uint8_t *place() const { return position; }

  AnnealDataRowFailure failure() const { return failed; }

 private:
  bool isBlank(uint8_t byte) const { return (byte == ' ' || byte == '\t') && byte != delimiter; }
  bool isComment() const;
  void passOverLine();
  void countLine(uint8_t byte);
  void countLines(const uint8_t *from, const uint8_t *to);
  void endLine();
  /// Reads a field that starts with a quote at `opening`; false on failure.
  bool readQuoted(const uint8_t *opening);
  /// Adds a field to the row; false where it, or the row, is too long.
  bool addField(const uint8_t *from, const uint8_t *to);

  const uint8_t *const end;
  const int32_t delimiter;
  const int32_t quote;
  const int32_t comment;
  MarkFinder marks;
  const uint8_t *position;
  std::vector<Field> row;
  /// The fields of the row that are not as they stand in the text.
  std::deque<std::basic_string<uint8_t>> rewritten;
  int64_t rowSize = 0;
  int64_t rowLine = 0;
  int64_t currentLine = 0;
  bool endedInReturn = false;
  bool strayText = false;
  AnnealDataRowFailure failed = ANNEAL_DATA_ROWS_WHOLE;
};

/// How many bytes of a text are `byte`.
int64_t countOf(uint8_t byte, const uint8_t *text, int64_t size);

}  // namespace anneal
