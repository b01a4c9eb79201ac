#include <openvino/core/version.hpp>

#include "Compile.h"
#include "Handles.h"
#include "Request.h"

namespace {

const char *version() {
  static const std::string number = ov::get_openvino_version().buildNumber;
  return number.c_str();
}

const char *last_message() { return anneal::message().c_str(); }

const anneal_deploy_table table = {
    .revision = ANNEAL_DEPLOY_REVISION,
    .message = last_message,
    .version = version,
    .read = anneal::read,
    .save = anneal::save,
    .release_graph = anneal::release_graph,
    .largest_integer = anneal::largest_integer,
    .compile = anneal::compile,
    .property = anneal::property,
    .input_count = anneal::input_count,
    .output_count = anneal::output_count,
    .input = anneal::input,
    .output = anneal::output,
    .release_compiled = anneal::release_compiled,
    .make_request = anneal::make_request,
    .set_input = anneal::set_input,
    .infer = anneal::infer,
    .start = anneal::start,
    .wait = anneal::wait,
    .result = anneal::result,
    .release_request = anneal::release_request,
};

}  // namespace

extern "C" __attribute__((visibility("default"))) const anneal_deploy_table *
anneal_deploy_functions() {
  return &table;
}
