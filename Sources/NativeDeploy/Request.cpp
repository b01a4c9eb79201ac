#include "Request.h"

#include <stdexcept>

#include "Handles.h"

namespace anneal {

int32_t make_request(const anneal_deploy_compiled *compiled, anneal_deploy_request **request) {
  return guarded([&] {
    // `create_infer_request` is not const in C++, though it changes nothing that can be seen.
    auto model = compiled->model;
    *request = new anneal_deploy_request{model.create_infer_request()};
  });
}

int32_t set_input(
    anneal_deploy_request *request, size_t index, const anneal_deploy_tensor *tensor) {
  return guarded([&] {
    ov::Shape shape(tensor->shape, tensor->shape + tensor->rank);
    ov::Tensor view(ov::element::Type(tensor->type), shape, tensor->data);
    if (view.get_byte_size() != tensor->bytes) {
      throw std::runtime_error(
          "an input of " + std::to_string(tensor->bytes) + " bytes was given where its shape has " +
          std::to_string(view.get_byte_size()));
    }
    request->request.set_input_tensor(index, view);
  });
}

int32_t infer(anneal_deploy_request *request) {
  return guarded([&] { request->request.infer(); });
}

int32_t start(anneal_deploy_request *request) {
  return guarded([&] { request->request.start_async(); });
}

int32_t wait(anneal_deploy_request *request) {
  return guarded([&] { request->request.wait(); });
}

int32_t result(anneal_deploy_request *request, size_t index, anneal_deploy_tensor *tensor) {
  return guarded([&] {
    auto view = request->request.get_output_tensor(index);
    tensor->type = name(view.get_element_type());
    if (tensor->type == nullptr) throw std::runtime_error("the result's element type is unserved");
    copy_shape(view.get_shape(), tensor->rank, tensor->shape);
    tensor->data = view.data();
    tensor->bytes = view.get_byte_size();
  });
}

void release_request(anneal_deploy_request *request) {
  guarded([&] { delete request; });
}

}  // namespace anneal
