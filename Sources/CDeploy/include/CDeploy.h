// The plain-C face of the inference runtime, shared by its C++ implementation (NativeDeploy) and by
// Swift.
//
// Nothing here links with the runtime: `anneal_deploy_open` loads `libAnnealDeploy.so` and hands
// out its function table. Functions that return `int32_t` answer 0 on success; otherwise `message`
// tells, for the calling thread, what went wrong. Handles are opaque and are given back exactly
// once.

#ifndef CDEPLOY_H
#define CDEPLOY_H

#include <stddef.h>
#include <stdint.h>

#define ANNEAL_DEPLOY_REVISION 2
#define ANNEAL_DEPLOY_MAX_RANK 8

typedef struct anneal_deploy_graph anneal_deploy_graph;
typedef struct anneal_deploy_compiled anneal_deploy_compiled;
typedef struct anneal_deploy_request anneal_deploy_request;

// A key and a value of the runtime's own property list, such as INFERENCE_PRECISION_HINT = f32.
typedef struct {
  const char *key;
  const char *value;
} anneal_deploy_property;

// An input or an output of a compiled model. The strings live as long as the model; an unknown
// dimension is -1.
typedef struct {
  const char *name;
  const char *type;
  int32_t rank;
  int64_t shape[ANNEAL_DEPLOY_MAX_RANK];
} anneal_deploy_port;

// A view of memory. Element types go by the runtime's names: f32, f64, f16, bf16, u8, i8, i32, i64,
// boolean.
typedef struct {
  const char *type;
  int32_t rank;
  int64_t shape[ANNEAL_DEPLOY_MAX_RANK];
  void *data;
  size_t bytes;
} anneal_deploy_tensor;

typedef struct {
  uint32_t revision;
  const char *(*message)(void);
  const char *(*version)(void);

  // Reads ONNX or OpenVINO IR; `save` writes IR as `path` (.xml) with its weights beside it (.bin).
  int32_t (*read)(const char *path, anneal_deploy_graph **graph);
  int32_t (*save)(const anneal_deploy_graph *graph, const char *path);
  void (*release_graph)(anneal_deploy_graph *graph);

  // The largest magnitude among the model's constants of signed 8-bit integers, 0 where it has none.
  int32_t (*largest_integer)(const anneal_deploy_graph *graph, int32_t *largest);

  // A `batch` above 0 fixes the first dimension of every input, 0 leaves it as the model has it.
  int32_t (*compile)(
      const anneal_deploy_graph *graph, int64_t batch, const anneal_deploy_property *properties,
      size_t count, anneal_deploy_compiled **compiled);
  int32_t (*property)(
      const anneal_deploy_compiled *compiled, const char *key, char *value, size_t capacity);
  size_t (*input_count)(const anneal_deploy_compiled *compiled);
  size_t (*output_count)(const anneal_deploy_compiled *compiled);
  int32_t (*input)(
      const anneal_deploy_compiled *compiled, size_t index, anneal_deploy_port *port);
  int32_t (*output)(
      const anneal_deploy_compiled *compiled, size_t index, anneal_deploy_port *port);
  void (*release_compiled)(anneal_deploy_compiled *compiled);

  // A request borrows the memory of its inputs until they are set anew or it is released. A result
  // lies in the request's own memory, until the next start.
  int32_t (*make_request)(const anneal_deploy_compiled *compiled, anneal_deploy_request **request);
  int32_t (*set_input)(
      anneal_deploy_request *request, size_t index, const anneal_deploy_tensor *tensor);
  int32_t (*infer)(anneal_deploy_request *request);
  int32_t (*start)(anneal_deploy_request *request);
  int32_t (*wait)(anneal_deploy_request *request);
  int32_t (*result)(anneal_deploy_request *request, size_t index, anneal_deploy_tensor *tensor);
  void (*release_request)(anneal_deploy_request *request);
} anneal_deploy_table;

// Opens the library and answers its table, or null with the reason in `reason` (cut to `capacity`).
const anneal_deploy_table *anneal_deploy_open(const char *path, char *reason, size_t capacity);

#endif
