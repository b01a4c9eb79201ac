// Requests over HTTP and HTTPS by libcurl, which is opened where the first is made: what sends nothing needs
// no such library.
#pragma once

#include <stddef.h>

enum { ANNEAL_TRANSFER_REASON = 256 };

// What came of a request. The body is to be freed.
typedef struct {
  // The status, such as 200; 0 where there was no answer.
  long status;
  char *body;
  size_t length;
  // Why there was no answer.
  char reason[ANNEAL_TRANSFER_REASON];
} anneal_answer;

typedef struct {
  const char *method;
  const char *url;
  // Lines such as "Accept: application/json", and after them a null pointer.
  char *const *headers;
  const void *body;
  size_t length;
  // Milliseconds until there is a connection, and until all is over.
  long connecting;
  long altogether;
} anneal_request;

// 0 where an answer came, whatever its status.
int anneal_transfer(const anneal_request *request, anneal_answer *answer);
