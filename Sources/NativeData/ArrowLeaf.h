// The columns of a typed table as they are offered: one for each value that a row has.

#pragma once

#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "CData.h"

namespace anneal {

/// A column that is offered: a column of the file, a member of its structures, or an element of its lists of
/// one length.
struct ArrowLeaf {
  std::string name;
  AnnealDataLeafKind kind = ANNEAL_DATA_LEAF_NESTED;

  /// What the file says that it is.
  std::string type;

  /// The places of the members that lead to it, from the columns of the file on.
  std::vector<int> path;

  /// The place among the elements of a list; -1 where it is none.
  int64_t element = -1;
};

/// The leaves of a schema in order: members of structures are called `a.b`, elements of lists `a_0`, and a
/// structure of the bytes and the path of a file is one of bytes.
std::vector<ArrowLeaf> leavesOf(const arrow::Schema &schema);

/// The type without what is said about its meaning.
std::shared_ptr<arrow::DataType> storageOf(std::shared_ptr<arrow::DataType> type);

/// Whether a type is that of an image or a sound as data sets keep it: `struct<bytes: binary, path: string>`.
bool isFile(const arrow::DataType &type);

}  // namespace anneal
