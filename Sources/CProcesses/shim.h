// What glibc offers that Swift's view of it does without, in part only where _GNU_SOURCE is defined.
#include <malloc.h>
#include <spawn.h>
#include <sys/prctl.h>

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int pipe2(int ends[2], int flags);

enum {
  // POSIX_SPAWN_SETSID: the child leads a session of its own.
  ANNEAL_SPAWN_SESSION = 0x80,
  // F_SETSIG: which signal tells of input on a descriptor.
  ANNEAL_SET_SIGNAL = 10,
};

// Has orphans among this process's descendants become its children; 0 where that is so. Swift calls no
// function with a variable number of arguments.
static inline int anneal_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
