// A file's bytes in memory, of which only those that are read are fetched.

#pragma once

#include <arrow/buffer.h>

#include <cstdint>
#include <memory>
#include <string>

namespace anneal {

/// A file that is mapped to be read, for as long as the buffer or a slice of it is there.
///
/// Arrow's own mapped files have the system fetch all of a batch when its description is read, so that opening a
/// file would read all of it.
class MappedFile : public arrow::Buffer {
 public:
  /// - Throws: A system error where the file cannot be opened or mapped.
  static std::shared_ptr<MappedFile> open(const std::string &path);

  ~MappedFile() override;
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  /// Whether what lies about bytes that are read is fetched with them, as it is from the beginning.
  void fetchNeighbours(bool) const;

  /// Has the system fetch bytes that are about to be read.
  static void fetch(uintptr_t start, uintptr_t end);

 private:
  MappedFile(const uint8_t *bytes, int64_t count) : Buffer(bytes, count) {}
};

}  // namespace anneal
