// Exceptions stop here: a body that throws leaves its reason for the calling thread.

#pragma once

#include <arrow/result.h>
#include <arrow/status.h>

#include <cstdint>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
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
  } catch (const std::exception &error) {
    keepError(error.what());
  } catch (...) {
    keepError("the data engine failed without a reason");
  }
  return ANNEAL_DATA_FAILED;
}

/// Throws the reason of an Arrow status that is not OK.
inline void check(const arrow::Status &status) {
  if (!status.ok()) throw std::runtime_error(status.message());
}

/// The value of an Arrow result, or its reason thrown.
template <typename T>
T check(arrow::Result<T> result) {
  check(result.status());
  return std::move(result).ValueUnsafe();
}

[[noreturn]] inline void fail(const std::string &message) { throw std::runtime_error(message); }

}  // namespace anneal
