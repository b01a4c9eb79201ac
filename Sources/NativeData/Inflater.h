// Deflated content of a ZIP archive's entry.

#pragma once

#include <zlib.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "CData.h"

/// The bytes of an entry in order, inflated (RFC 1951), and held against their number and checksum at
/// the end.
struct AnnealDataInflater {
  /// `packed` bytes from `offset` of the file on are to become `size` bytes with the checksum `crc`.
  AnnealDataInflater(
      const std::string &path, int64_t offset, int64_t packed, int64_t size, uint32_t crc);
  ~AnnealDataInflater();
  AnnealDataInflater(const AnnealDataInflater &) = delete;
  AnnealDataInflater &operator=(const AnnealDataInflater &) = delete;

  /// Reads up to `capacity` bytes; fewer only at the end.
  int64_t read(uint8_t *buffer, int64_t capacity);

 private:
  /// Gives the decoder more of the file; false at the end of the entry.
  bool refill();

  std::FILE *file;
  z_stream stream = {};
  std::vector<uint8_t> input;
  int64_t packedLeft;
  int64_t sizeLeft;
  uint32_t expected;
  uint32_t sum = 0;
  bool ended = false;
};
