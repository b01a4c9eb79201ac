// Bytes of a text file, read in order and decompressed on the way.

#pragma once

#include <arrow/io/interfaces.h>

#include <cstdint>
#include <memory>
#include <string>

/// A file's bytes; a file that starts with the magic number of gzip or zstd is decompressed.
struct AnnealDataStream {
  explicit AnnealDataStream(const std::string &path);

  /// Reads up to `capacity` bytes; fewer only at the end.
  int64_t read(uint8_t *buffer, int64_t capacity);

 private:
  std::shared_ptr<arrow::io::InputStream> input;
};
