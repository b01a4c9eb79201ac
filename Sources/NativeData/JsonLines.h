// Tables of JSON objects, one on each line.

#pragma once

#include <arrow/util/future.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "CData.h"
#include "TableScanner.h"
#include "TextStream.h"

namespace anneal {

/// Why a line is no row.
enum class LineProblem : int32_t {
  none = 0,
  notAnObject = -2,
  notJson = -3,
  tooDeep = -4,
  unknownKey = -5,
  noLabel = -6,
  repeatedKey = -7,
  zeroInKey = -8,
};

/// Whole lines of a file, some at a time, decompressed on the way and without a byte order mark.
class LineReader {
 public:
  /// Throws where the file says by its first bytes that it is UTF-16.
  explicit LineReader(const std::string &path);

  /// At least so many bytes of whole lines, fewer at the end; empty behind it.
  std::vector<uint8_t> next(int64_t size);

 private:
  AnnealDataStream stream;
  std::vector<uint8_t> rest;
  bool isAtEnd = false;
};

/// The columns of a table of objects by their names.
struct JsonColumns {
  std::vector<std::string> names;
  std::unordered_map<std::string, int32_t> places;

  /// The name whose lists are cells of labels; empty for none. And whether there is such a list.
  std::string labels;
  bool hasLabels = false;

  void add(const std::string &name);
};

}  // namespace anneal

/// The names of all values in the objects of a file: members of members are called `a.b`, elements of lists
/// `a_0` but for those of labels, in the order in which they come first.
struct AnnealDataJsonKeys {
  /// - Parameter most: No more bytes than this are looked at.
  AnnealDataJsonKeys(const std::string &path, int64_t most, const std::string &labels);

  anneal::JsonColumns columns;

  /// Whether all of the file was looked at.
  bool isComplete = true;
};

/// Reads the objects of a file as rows, on several threads.
struct AnnealDataJsonScan {
  AnnealDataJsonScan(
      const std::string &path, const AnnealDataJsonKeys &keys, anneal::Requests requests);
  ~AnnealDataJsonScan();

  /// The next rows; null at the end.
  std::unique_ptr<AnnealDataBatch> next();

 private:
  using Batch = std::shared_ptr<AnnealDataBatch>;

  Batch parse(const std::vector<uint8_t> &lines) const;

  anneal::LineReader lines;
  std::shared_ptr<const anneal::JsonColumns> columns;
  anneal::Requests requests;

  /// For each column the requests for it.
  std::vector<std::vector<size_t>> wanted;
  std::deque<arrow::Future<Batch>> jobs;
  bool hasStarted = false;
  bool isAtEnd = false;
  int64_t line = 1;
};
