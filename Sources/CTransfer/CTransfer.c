#define _GNU_SOURCE
#include "CTransfer.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Numbers of libcurl's interface, which have been the same since version 7 and stay so.
enum {
  OPTION_WRITE_DATA = 10001,
  OPTION_URL = 10002,
  OPTION_ERROR_BUFFER = 10010,
  OPTION_POST_FIELDS = 10015,
  OPTION_HEADERS = 10023,
  OPTION_METHOD = 10036,
  OPTION_WRITE_FUNCTION = 20011,
  OPTION_POST_FIELD_SIZE = 30120,
  OPTION_LEAST_BYTES = 19,
  OPTION_LEAST_BYTES_SECONDS = 20,
  OPTION_NO_SIGNAL = 99,
  OPTION_MILLISECONDS = 155,
  OPTION_CONNECT_MILLISECONDS = 156,
  OPTION_PROTOCOLS = 181,
  INFO_STATUS = 0x200002,
  GLOBAL_ALL = 3,
  PROTOCOL_HTTP = 1,
  PROTOCOL_HTTPS = 2,
};

// After so many seconds in which nothing comes or goes there is no use in waiting on.
static const long most_still_seconds = 10;

// No answer is so long that it would be of use.
static const size_t most_bytes = 64 << 20;

static struct {
  int is_open;
  int (*global)(long);
  void *(*open)(void);
  void (*close)(void *);
  int (*set)(void *, int, ...);
  int (*perform)(void *);
  int (*get)(void *, int, ...);
  const char *(*words)(int);
  void *(*append)(void *, const char *);
  void (*free)(void *);
} curl;

static void open_library(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  *(void **)&curl.global = dlsym(library, "curl_global_init");
  *(void **)&curl.open = dlsym(library, "curl_easy_init");
  *(void **)&curl.close = dlsym(library, "curl_easy_cleanup");
  *(void **)&curl.set = dlsym(library, "curl_easy_setopt");
  *(void **)&curl.perform = dlsym(library, "curl_easy_perform");
  *(void **)&curl.get = dlsym(library, "curl_easy_getinfo");
  *(void **)&curl.words = dlsym(library, "curl_easy_strerror");
  *(void **)&curl.append = dlsym(library, "curl_slist_append");
  *(void **)&curl.free = dlsym(library, "curl_slist_free_all");
  curl.is_open = curl.global && curl.open && curl.close && curl.set && curl.perform && curl.get &&
                 curl.words && curl.append && curl.free && curl.global(GLOBAL_ALL) == 0;
}

static size_t take(const char *bytes, size_t size, size_t count, void *state) {
  anneal_answer *answer = state;
  size_t added = size * count;
  // None of no bytes is no failure, and no memory of no size is asked for.
  if (added == 0 || added > most_bytes - answer->length) return 0;
  char *grown = realloc(answer->body, answer->length + added);
  if (!grown) return 0;
  memcpy(grown + answer->length, bytes, added);
  answer->body = grown;
  answer->length += added;
  return added;
}

int anneal_transfer(const anneal_request *request, anneal_answer *answer) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  memset(answer, 0, sizeof *answer);
  pthread_once(&once, open_library);
  if (!curl.is_open) {
    snprintf(answer->reason, sizeof answer->reason, "libcurl.so.4 cannot be opened");
    return -1;
  }
  void *handle = curl.open();
  if (!handle) {
    snprintf(answer->reason, sizeof answer->reason, "libcurl has no memory");
    return -1;
  }
  // A null pointer in the list would end it early; an append that fails leaves the header out.
  void *headers = NULL;
  for (char *const *line = request->headers; line && *line; line++) {
    void *longer = curl.append(headers, *line);
    if (longer) headers = longer;
  }
  char details[ANNEAL_TRANSFER_REASON] = "";
  curl.set(handle, OPTION_URL, request->url);
  curl.set(handle, OPTION_METHOD, request->method);
  curl.set(handle, OPTION_HEADERS, headers);
  curl.set(handle, OPTION_ERROR_BUFFER, details);
  curl.set(handle, OPTION_NO_SIGNAL, 1L);
  curl.set(handle, OPTION_LEAST_BYTES, 1L);
  curl.set(handle, OPTION_LEAST_BYTES_SECONDS, most_still_seconds);
  curl.set(handle, OPTION_PROTOCOLS, (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS));
  curl.set(handle, OPTION_CONNECT_MILLISECONDS, request->connecting);
  curl.set(handle, OPTION_MILLISECONDS, request->altogether);
  curl.set(handle, OPTION_WRITE_FUNCTION, take);
  curl.set(handle, OPTION_WRITE_DATA, answer);
  if (request->body) {
    curl.set(handle, OPTION_POST_FIELD_SIZE, (long long)request->length);
    curl.set(handle, OPTION_POST_FIELDS, request->body);
  }
  int status = curl.perform(handle);
  if (status == 0) {
    curl.get(handle, INFO_STATUS, &answer->status);
  } else {
    snprintf(answer->reason, sizeof answer->reason, "%s", *details ? details : curl.words(status));
  }
  curl.free(headers);
  curl.close(handle);
  return status;
}
