#include "CDeploy.h"

#include <dlfcn.h>
#include <stdio.h>

typedef const anneal_deploy_table *(*table_function)(void);

const anneal_deploy_table *anneal_deploy_open(const char *path, char *reason, size_t capacity) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    snprintf(reason, capacity, "%s", dlerror());
    return NULL;
  }
  table_function function = (table_function)dlsym(library, "anneal_deploy_functions");
  if (function == NULL) {
    snprintf(reason, capacity, "%s", dlerror());
    return NULL;
  }
  const anneal_deploy_table *table = function();
  if (table->revision != ANNEAL_DEPLOY_REVISION) {
    snprintf(
        reason, capacity, "its revision is %u, this program needs %u", table->revision,
        (unsigned)ANNEAL_DEPLOY_REVISION);
    return NULL;
  }
  return table;
}
