#include "Inflater.h"

#include <algorithm>
#include <new>

#include "Guard.h"

using anneal::fail;
using anneal::failSystem;

AnnealDataInflater::AnnealDataInflater(
    const std::string &path, int64_t offset, int64_t packed, int64_t size, uint32_t crc)
    : file(std::fopen(path.c_str(), "rbe")), input(1 << 16), packedLeft(packed), sizeLeft(size),
      expected(crc) {
  if (file == nullptr) failSystem("cannot be opened");
  // Archives have no header around the deflated bytes, which a negative window says.
  if (fseeko(file, offset, SEEK_SET) != 0 || inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    std::fclose(file);
    fail("it cannot be inflated");
  }
}

AnnealDataInflater::~AnnealDataInflater() {
  inflateEnd(&stream);
  std::fclose(file);
}

bool AnnealDataInflater::refill() {
  const auto wanted = static_cast<size_t>(std::min<int64_t>(packedLeft, 1 << 16));
  if (wanted == 0) return false;
  const size_t count = std::fread(input.data(), 1, wanted, file);
  if (count == 0 && std::ferror(file) != 0) failSystem("cannot be read");
  packedLeft -= static_cast<int64_t>(count);
  stream.next_in = input.data();
  stream.avail_in = static_cast<uInt>(count);
  return count > 0;
}

int64_t AnnealDataInflater::read(uint8_t *buffer, int64_t capacity) {
  int64_t total = 0;
  while (total < capacity && !ended) {
    if (stream.avail_in == 0 && !refill()) fail("its deflated bytes end too early");
    const int64_t room = std::min<int64_t>(capacity - total, 1 << 30);
    stream.next_out = buffer + total;
    stream.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      fail(stream.msg != nullptr ? stream.msg : "its deflated bytes are damaged");
    }
    const int64_t count = room - static_cast<int64_t>(stream.avail_out);
    if (count > sizeLeft) fail("it inflates to more bytes than its archive says");
    sum = static_cast<uint32_t>(crc32(sum, buffer + total, static_cast<uInt>(count)));
    sizeLeft -= count;
    total += count;
    ended = status == Z_STREAM_END;
  }
  if (ended || sizeLeft == 0) {
    if (sizeLeft != 0) fail("it inflates to fewer bytes than its archive says");
    if (sum != expected) fail("its checksum is wrong");
  }
  return total;
}
