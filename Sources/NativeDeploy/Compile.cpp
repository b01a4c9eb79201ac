#include "Compile.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <openvino/core/graph_util.hpp>
#include <openvino/op/constant.hpp>
#include <stdexcept>

#include "Handles.h"

namespace anneal {
namespace {

std::string name_of(const ov::Output<const ov::Node> &port) {
  return port.get_names().empty() ? port.get_node()->get_friendly_name() : port.get_any_name();
}

void describe(
    const ov::Output<const ov::Node> &port, const std::string &label, anneal_deploy_port *result) {
  result->name = label.c_str();
  result->type = name(port.get_element_type());
  if (result->type == nullptr) {
    throw std::runtime_error("'" + label + "' has the unserved element type " +
                             port.get_element_type().get_type_name());
  }
  copy_shape(port.get_partial_shape(), result->rank, result->shape);
}

std::shared_ptr<ov::Model> with_batch(const std::shared_ptr<ov::Model> &model, int64_t batch) {
  auto copy = model->clone();
  std::map<size_t, ov::PartialShape> shapes;
  for (size_t index = 0; index < copy->inputs().size(); index++) {
    auto shape = copy->input(index).get_partial_shape();
    shape[0] = batch;
    shapes[index] = shape;
  }
  copy->reshape(shapes);
  return copy;
}

}  // namespace

int32_t read(const char *path, anneal_deploy_graph **graph) {
  return guarded([&] {
    *graph = new anneal_deploy_graph{core().read_model(std::string(path))};
  });
}

int32_t save(const anneal_deploy_graph *graph, const char *path) {
  return guarded([&] { ov::save_model(graph->model, std::filesystem::path(path), false); });
}

void release_graph(anneal_deploy_graph *graph) {
  guarded([&] { delete graph; });
}

int32_t largest_integer(const anneal_deploy_graph *graph, int32_t *largest) {
  return guarded([&] {
    *largest = 0;
    for (const auto &operation : graph->model->get_ordered_ops()) {
      auto constant = std::dynamic_pointer_cast<ov::op::v0::Constant>(operation);
      if (!constant || constant->get_element_type() != ov::element::i8) continue;
      const auto *values = constant->get_data_ptr<int8_t>();
      for (size_t index = 0; index < ov::shape_size(constant->get_shape()); index++) {
        *largest = std::max(*largest, std::abs(static_cast<int32_t>(values[index])));
      }
    }
  });
}

int32_t compile(
    const anneal_deploy_graph *graph, int64_t batch, const anneal_deploy_property *properties,
    size_t count, anneal_deploy_compiled **compiled) {
  return guarded([&] {
    ov::AnyMap settings;
    for (size_t index = 0; index < count; index++) {
      settings[properties[index].key] = std::string(properties[index].value);
    }
    auto model = batch > 0 ? with_batch(graph->model, batch) : graph->model;
    auto result = std::make_unique<anneal_deploy_compiled>();
    result->model = core().compile_model(model, "CPU", settings);
    for (const auto &port : result->model.inputs()) result->input_names.push_back(name_of(port));
    for (const auto &port : result->model.outputs()) result->output_names.push_back(name_of(port));
    *compiled = result.release();
  });
}

int32_t property(
    const anneal_deploy_compiled *compiled, const char *key, char *value, size_t capacity) {
  return guarded([&] {
    auto text = compiled->model.get_property(key).as<std::string>();
    snprintf(value, capacity, "%s", text.c_str());
  });
}

size_t input_count(const anneal_deploy_compiled *compiled) { return compiled->input_names.size(); }

size_t output_count(const anneal_deploy_compiled *compiled) {
  return compiled->output_names.size();
}

int32_t input(const anneal_deploy_compiled *compiled, size_t index, anneal_deploy_port *port) {
  return guarded(
      [&] { describe(compiled->model.input(index), compiled->input_names.at(index), port); });
}

int32_t output(const anneal_deploy_compiled *compiled, size_t index, anneal_deploy_port *port) {
  return guarded(
      [&] { describe(compiled->model.output(index), compiled->output_names.at(index), port); });
}

void release_compiled(anneal_deploy_compiled *compiled) {
  guarded([&] { delete compiled; });
}

}  // namespace anneal
