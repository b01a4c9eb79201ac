#include "Guard.h"

namespace anneal {

std::string &lastError() noexcept {
  thread_local std::string message;
  return message;
}

void keepError(const char *message) noexcept {
  try {
    lastError().assign(message);
  } catch (...) {
    lastError().clear();
  }
}

}  // namespace anneal
