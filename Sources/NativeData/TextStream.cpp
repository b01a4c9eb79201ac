#include "TextStream.h"

#include <arrow/io/compressed.h>
#include <arrow/io/file.h>
#include <arrow/util/compression.h>

#include "ArrowStatus.h"
#include "Guard.h"

using anneal::check;

AnnealDataStream::AnnealDataStream(const std::string &path) {
  auto file = check(arrow::io::ReadableFile::Open(path));
  uint8_t magic[4] = {0, 0, 0, 0};
  check(file->Read(4, magic));
  check(file->Seek(0));
  const bool isGzip = magic[0] == 0x1f && magic[1] == 0x8b;
  const uint32_t start = magic[0] | magic[1] << 8 | magic[2] << 16 | uint32_t{magic[3]} << 24;
  const bool isZstd = start == 0xfd2fb528;
  if (!isGzip && !isZstd) {
    input = file;
    return;
  }
  // Only making the decompressor needs the codec.
  auto codec = check(arrow::util::Codec::Create(
      isGzip ? arrow::Compression::GZIP : arrow::Compression::ZSTD));
  input = check(arrow::io::CompressedInputStream::Make(codec.get(), file));
}

int64_t AnnealDataStream::read(uint8_t *buffer, int64_t capacity) {
  int64_t total = 0;
  while (total < capacity) {
    const int64_t count = check(input->Read(capacity - total, buffer + total));
    if (count == 0) break;
    total += count;
  }
  return total;
}
