// How a column of CData.h is spelled in Arrow, both ways.

#pragma once

#include <arrow/type_fwd.h>

#include <memory>

#include "CData.h"

namespace anneal {

/// Bytes of one element of `type`; throws on an unknown type.
int64_t elementSize(int32_t type);

/// Elements in a row of `column`, with every dimension and the product bounded.
int64_t elementCount(const AnnealDataColumn &column);

/// A primitive field, a dictionary of texts where the column is coded, or `arrow.fixed_shape_tensor`
/// where it has a shape.
std::shared_ptr<arrow::Field> fieldOf(const AnnealDataColumn &column);

/// The element type and the shape that a field stands for; throws where it is none of ours.
void describe(const arrow::Field &field, AnnealDataColumn &column);

}  // namespace anneal
