// Arrow's statuses and results as exceptions.

#pragma once

#include <arrow/result.h>
#include <arrow/status.h>
#include <arrow/util/io_util.h>

#include <stdexcept>
#include <system_error>
#include <utility>

namespace anneal {

/// Throws the reason of an Arrow status that is not OK, as a system error where one lies below.
inline void check(const arrow::Status &status) {
  if (status.ok()) return;
  const int code = arrow::internal::ErrnoFromStatus(status);
  if (code != 0) throw std::system_error(code, std::generic_category(), status.message());
  throw std::runtime_error(status.message());
}

/// The value of an Arrow result, or its reason thrown.
template <typename T>
T check(arrow::Result<T> result) {
  check(result.status());
  return std::move(result).ValueUnsafe();
}

}  // namespace anneal
