#include "MappedFile.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "Guard.h"

namespace anneal {

namespace {

/// What every system reads of a file in one go.
constexpr uintptr_t fetchedAtOnce = 128 << 10;

/// Closes a file that is mapped, or could not be.
struct Descriptor {
  int number;
  ~Descriptor() { close(number); }
};

}  // namespace

std::shared_ptr<MappedFile> MappedFile::open(const std::string &path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) failSystem("cannot open " + path);
  struct stat facts = {};
  if (fstat(file.number, &facts) != 0) failSystem("cannot read " + path);
  void *bytes = nullptr;
  // Nothing cannot be mapped.
  if (facts.st_size > 0) {
    bytes = mmap(
        nullptr, static_cast<size_t>(facts.st_size), PROT_READ, MAP_PRIVATE, file.number, 0);
    if (bytes == MAP_FAILED) failSystem("cannot map " + path);
  }
  return std::shared_ptr<MappedFile>(
      new MappedFile(static_cast<const uint8_t *>(bytes), facts.st_size));
}

MappedFile::~MappedFile() {
  if (size() > 0) munmap(const_cast<uint8_t *>(data()), static_cast<size_t>(size()));
}

void MappedFile::fetchNeighbours(bool isOn) const {
  if (size() == 0) return;
  madvise(
      const_cast<uint8_t *>(data()), static_cast<size_t>(size()),
      isOn ? MADV_NORMAL : MADV_RANDOM);
}

void MappedFile::fetch(uintptr_t start, uintptr_t end) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  // Of a longer part than the system likes to read at a time it would fetch no more than the beginning.
  for (start = start / page * page; start < end; start += fetchedAtOnce) {
    madvise(
        reinterpret_cast<void *>(start), std::min(fetchedAtOnce, end - start), MADV_WILLNEED);
  }
}

}  // namespace anneal
