// What the opaque handles of CDeploy.h hold, and how a C++ failure becomes a status.

#pragma once

#include <memory>
#include <openvino/runtime/core.hpp>
#include <string>
#include <vector>

#include "CDeploy.h"

struct anneal_deploy_graph {
  std::shared_ptr<ov::Model> model;
};

struct anneal_deploy_compiled {
  ov::CompiledModel model;
  std::vector<std::string> input_names;
  std::vector<std::string> output_names;
};

struct anneal_deploy_request {
  ov::InferRequest request;
};

namespace anneal {

// The last failure on this thread.
std::string &message();

// One core serves the process. It is never destroyed: worker threads of plug-ins may outlive
// `main`.
ov::Core &core();

// The name of a type as a string that lives for ever, or null for one that has no place in
// CDeploy.h.
const char *name(const ov::element::Type &type);

void copy_shape(const ov::PartialShape &shape, int32_t &rank, int64_t *dimensions);

// Runs `body`; an exception becomes status 1 and its text the message.
template <class Body>
int32_t guarded(Body &&body) noexcept {
  try {
    body();
    return 0;
  } catch (const std::exception &error) {
    message() = error.what();
  } catch (...) {
    message() = "an exception without a description";
  }
  return 1;
}

}  // namespace anneal
