// Exceptions stop here: a body that throws leaves its reason for the calling thread.

#pragma once

#include <arrow/result.h>
#include <arrow/status.h>
#include <arrow/util/io_util.h>

#include <cstdint>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "CData.h"

namespace anneal {

/// The calling thread's last failure.
std::string &lastError() noexcept;

/// Keeps `message` for the calling thread, or a shorter one when memory is out.
void keepError(const char *message) noexcept;

template <typename Body>
int32_t guarded(Body &&body) noexcept {
  try {
    std::forward<Body>(body)();
    return ANNEAL_DATA_OK;
  } catch (const std::bad_alloc &) {
    keepError("there is not enough memory");
  } catch (const std::system_error &error) {
    keepError(error.what());
    return error.code().value() > 0 ? -error.code().value() : ANNEAL_DATA_FAILED;
  } catch (const std::exception &error) {
    keepError(error.what());
  } catch (...) {
    keepError("the data engine failed without a reason");
  }
  return ANNEAL_DATA_FAILED;
}

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

[[noreturn]] inline void fail(const std::string &message) { throw std::runtime_error(message); }

}  // namespace anneal
