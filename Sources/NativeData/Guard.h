// Exceptions stop here: a body that throws leaves its reason for the calling thread.

#pragma once

#include <cerrno>
#include <cstdint>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "CData.h"

namespace anneal {

/// The calling thread's last failure; each library that compiles this has its own.
inline std::string &lastError() noexcept {
  thread_local std::string message;
  return message;
}

/// Keeps `message` for the calling thread, or a shorter one when memory is out.
inline void keepError(const char *message) noexcept {
  try {
    lastError().assign(message);
  } catch (...) {
    lastError().clear();
  }
}

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

[[noreturn]] inline void fail(const std::string &message) { throw std::runtime_error(message); }

/// Fails with the reason of the system call that just did.
[[noreturn]] inline void failSystem(const std::string &attempt) {
  throw std::system_error(errno, std::generic_category(), attempt);
}

}  // namespace anneal
