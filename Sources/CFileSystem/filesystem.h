// What glibc declares for GNU sources only, which Swift's view of it leaves out.
int syncfs(int descriptor);
int sync_file_range(int descriptor, long offset, long count, unsigned int flags);
int memfd_create(const char *name, unsigned int flags);

enum {
  // F_OFD_SETLK: a lock on a range of a file that belongs to the open file and not to the process.
  ANNEAL_LOCK_DESCRIPTION = 37,
  // MFD_CLOEXEC: child processes do not inherit a file in memory.
  ANNEAL_MEMORY_FILE_OWN = 1,
  // SYNC_FILE_RANGE_WRITE: begins to write out what is not on the medium yet.
  ANNEAL_BEGIN_WRITING_OUT = 2,
};
