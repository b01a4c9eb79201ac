#include "Handles.h"

#include <stdexcept>

namespace anneal {

std::string &message() {
  static thread_local std::string text;
  return text;
}

ov::Core &core() {
  static ov::Core &instance = *new ov::Core();
  return instance;
}

const char *name(const ov::element::Type &type) {
  switch (static_cast<ov::element::Type_t>(type)) {
    case ov::element::Type_t::f32: return "f32";
    case ov::element::Type_t::f64: return "f64";
    case ov::element::Type_t::f16: return "f16";
    case ov::element::Type_t::bf16: return "bf16";
    case ov::element::Type_t::u8: return "u8";
    case ov::element::Type_t::i8: return "i8";
    case ov::element::Type_t::i32: return "i32";
    case ov::element::Type_t::i64: return "i64";
    case ov::element::Type_t::boolean: return "boolean";
    default: return nullptr;
  }
}

void copy_shape(const ov::PartialShape &shape, int32_t &rank, int64_t *dimensions) {
  if (shape.rank().is_dynamic() || shape.size() > ANNEAL_DEPLOY_MAX_RANK) {
    throw std::runtime_error(
        "shapes of an unknown rank or of more than " + std::to_string(ANNEAL_DEPLOY_MAX_RANK) +
        " dimensions are not served");
  }
  rank = static_cast<int32_t>(shape.size());
  for (size_t axis = 0; axis < shape.size(); axis++) {
    dimensions[axis] = shape[axis].is_static() ? shape[axis].get_length() : -1;
  }
}

}  // namespace anneal
