/// The plain-C face of the tensor engine.
///
/// The engine is a dynamic library opened at run time. It offers one symbol, ANNEAL_TENSOR_ENTRY, a
/// function of type `anneal_tensor_entry` that returns a table of function tables by family.
///
/// Conventions of every function that returns `int32_t`:
/// - The result is ANNEAL_OK, or ANNEAL_FAILED with the reason in `last_error` of the same thread.
///   No C++ exception crosses the border.
/// - A tensor argument is borrowed for the call. A tensor written through an `anneal_result *` is
///   owned by the caller, who hands it to `release` once. On failure nothing is written.
/// - A shape, list of dimensions or list of tensors is a pointer with a count.
/// - Negative dimensions count from the last one. `kept` is whether reduced dimensions stay as 1.
#ifndef CTENSOR_H
#define CTENSOR_H

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

#pragma clang assume_nonnull begin
// Pointers to nullable elements and functions are never null; the pragma covers all others.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-completeness"

/// Changes with every change of a table in this header.
#define ANNEAL_TENSOR_API_VERSION 4

/// The name of the library's only exported symbol.
#define ANNEAL_TENSOR_ENTRY "anneal_tensor_open"

#define ANNEAL_OK 0
#define ANNEAL_FAILED 1

#define ANNEAL_IMMUTABLE __attribute__((swift_attr("@Sendable")))

/// A retained native tensor.
typedef struct anneal_tensor anneal_tensor;

/// Where a function leaves a tensor that the caller then owns.
typedef anneal_tensor *_Nullable anneal_result;

/// A list element; null where a list may have holes, as gradients do.
typedef anneal_tensor *_Nullable anneal_element;

/// Element types.
enum anneal_type {
  ANNEAL_FLOAT32 = 0,
  ANNEAL_FLOAT64 = 1,
  ANNEAL_FLOAT16 = 2,
  ANNEAL_BFLOAT16 = 3,
  ANNEAL_UINT8 = 4,
  ANNEAL_INT8 = 5,
  ANNEAL_INT32 = 6,
  ANNEAL_INT64 = 7,
  ANNEAL_BOOL = 8,
};

/// A device is a CUDA index from 0, or ANNEAL_CPU.
#define ANNEAL_CPU (-1)

/// For `empty`: host memory that stays where it is, so that copies to CUDA do not wait.
#define ANNEAL_PINNED (-3)

/// In a conversion: the property stays as it is.
#define ANNEAL_KEEP (-2)

/// Orders of elements in memory.
enum anneal_layout {
  /// The last dimension is the fastest.
  ANNEAL_ROW_MAJOR = 0,
  /// For four dimensions `[N, C, H, W]`: channels are the fastest.
  ANNEAL_CHANNELS_LAST = 1,
};

/// What a tensor is, apart from its shape.
struct anneal_tensor_info {
  int32_t type;
  int32_t device;
  intptr_t dimensions;
  intptr_t count;
  bool requires_gradient;
  bool is_contiguous;
  bool is_channels_last;
};

/// Lifetime, properties and host memory of tensors.
struct ANNEAL_IMMUTABLE anneal_handle_table {
  /// Gives a tensor back.
  void (*release)(anneal_tensor *x);
  /// Counts the tensors that callers own now.
  intptr_t (*live)(void);
  int32_t (*describe)(anneal_tensor *x, struct anneal_tensor_info *info);
  /// Writes `dimensions` sizes.
  int32_t (*shape)(anneal_tensor *x, intptr_t *sizes);
  /// Writes the address of the first element of a contiguous tensor in host memory.
  int32_t (*address)(anneal_tensor *x, const void *_Nullable *_Nonnull out);
  /// Copies all elements, row-major, into `bytes` of host memory.
  int32_t (*read)(anneal_tensor *x, void *to, intptr_t bytes);
  /// A tensor in host memory with copied elements.
  int32_t (*copy)(
      const void *from, const intptr_t *shape, intptr_t dimensions, int32_t type,
      anneal_result *out);
  /// A tensor over memory that stays valid until `done(context)` is called, from any thread.
  /// `done` is called in every case, also after a failure.
  int32_t (*view)(
      const void *from, const intptr_t *shape, intptr_t dimensions, int32_t type,
      void *_Nullable context, void (*done)(void *_Nullable context), anneal_result *out);
};

/// Tensors from nothing, and the same elements in another form.
struct ANNEAL_IMMUTABLE anneal_shape_table {
  int32_t (*full)(
      const intptr_t *shape, intptr_t dimensions, double value, int32_t type, int32_t device,
      anneal_result *out);
  /// Elements are undefined.
  int32_t (*empty)(
      const intptr_t *shape, intptr_t dimensions, int32_t type, int32_t device,
      anneal_result *out);
  /// From `first` in `step`s, `count` elements.
  int32_t (*range)(
      double first, double step, intptr_t count, int32_t type, int32_t device,
      anneal_result *out);
  /// Another type, device or both; shares memory where nothing changes. Copies to CUDA from
  /// pinned memory do not wait.
  int32_t (*convert)(anneal_tensor *x, int32_t type, int32_t device, anneal_result *out);
  int32_t (*contiguous)(anneal_tensor *x, int32_t layout, anneal_result *out);
  int32_t (*clone)(anneal_tensor *x, anneal_result *out);
  int32_t (*pin)(anneal_tensor *x, anneal_result *out);
  int32_t (*reshape)(
      anneal_tensor *x, const intptr_t *shape, intptr_t dimensions, anneal_result *out);
  int32_t (*expand)(
      anneal_tensor *x, const intptr_t *shape, intptr_t dimensions, anneal_result *out);
  int32_t (*permute)(
      anneal_tensor *x, const intptr_t *order, intptr_t dimensions, anneal_result *out);
  int32_t (*flip)(anneal_tensor *x, const intptr_t *dims, intptr_t count, anneal_result *out);
  int32_t (*narrow)(
      anneal_tensor *x, intptr_t dim, intptr_t first, intptr_t length, anneal_result *out);
  int32_t (*select)(anneal_tensor *x, intptr_t dim, intptr_t index, anneal_result *out);
  /// Windows of `size` elements every `step` along `dim`, as a new last dimension.
  int32_t (*unfold)(
      anneal_tensor *x, intptr_t dim, intptr_t size, intptr_t step, anneal_result *out);
  int32_t (*index_select)(
      anneal_tensor *x, intptr_t dim, anneal_tensor *indices, anneal_result *out);
  int32_t (*gather)(anneal_tensor *x, intptr_t dim, anneal_tensor *indices, anneal_result *out);
  /// A copy of `x` in which `source` is added at `indices` along `dim`.
  int32_t (*index_add)(
      anneal_tensor *x, intptr_t dim, anneal_tensor *indices, anneal_tensor *source,
      anneal_result *out);
  /// `[K, dimensions]` positions of the non-zero elements, in row-major order.
  int32_t (*nonzero)(anneal_tensor *x, anneal_result *out);
  int32_t (*one_hot)(anneal_tensor *x, intptr_t classes, anneal_result *out);
  int32_t (*concatenate)(
      const anneal_element *list, intptr_t count, intptr_t dim, anneal_result *out);
  int32_t (*stack)(const anneal_element *list, intptr_t count, intptr_t dim, anneal_result *out);
  /// `amounts` are pairs (before, after) from the last dimension backwards; `mode` is "constant",
  /// "reflect", "replicate" or "circular".
  int32_t (*pad)(
      anneal_tensor *x, const intptr_t *amounts, intptr_t count, const char *mode, double value,
      anneal_result *out);
  /// The lower (`upper` false) or upper triangle of the last two dimensions.
  int32_t (*triangle)(anneal_tensor *x, bool upper, intptr_t diagonal, anneal_result *out);
};

/// Functions of one element.
enum anneal_unary {
  ANNEAL_NEGATE, ANNEAL_ABS, ANNEAL_SIGN, ANNEAL_SQRT, ANNEAL_RSQRT, ANNEAL_SQUARE,
  ANNEAL_RECIPROCAL, ANNEAL_EXP, ANNEAL_LOG, ANNEAL_LOG1P, ANNEAL_LOG2, ANNEAL_SIN, ANNEAL_COS,
  ANNEAL_ERF, ANNEAL_FLOOR, ANNEAL_CEIL, ANNEAL_ROUND, ANNEAL_TRUNC, ANNEAL_IS_FINITE,
  ANNEAL_IS_NAN, ANNEAL_NOT, ANNEAL_RELU, ANNEAL_RELU6, ANNEAL_GELU, ANNEAL_GELU_TANH,
  ANNEAL_SILU, ANNEAL_SIGMOID, ANNEAL_TANH, ANNEAL_HARDSWISH, ANNEAL_HARDSIGMOID,
  ANNEAL_SOFTPLUS, ANNEAL_LOG_SIGMOID, ANNEAL_UNARY_COUNT,
};

/// Functions of two elements; the second operand may be a number. Comparisons give booleans.
enum anneal_binary {
  ANNEAL_ADD, ANNEAL_SUBTRACT, ANNEAL_MULTIPLY, ANNEAL_DIVIDE, ANNEAL_FLOOR_DIVIDE,
  ANNEAL_REMAINDER, ANNEAL_POWER, ANNEAL_MAXIMUM, ANNEAL_MINIMUM, ANNEAL_ATAN2, ANNEAL_EQUAL,
  ANNEAL_NOT_EQUAL, ANNEAL_LESS, ANNEAL_LESS_EQUAL, ANNEAL_GREATER, ANNEAL_GREATER_EQUAL,
  ANNEAL_AND, ANNEAL_OR, ANNEAL_XOR, ANNEAL_BINARY_COUNT,
};

/// Functions that overwrite their first operand.
enum anneal_update {
  /// x += scale y
  ANNEAL_UPDATE_ADD,
  ANNEAL_UPDATE_MULTIPLY,
  ANNEAL_UPDATE_DIVIDE,
  ANNEAL_UPDATE_COPY,
  /// x += scale (y - x)
  ANNEAL_UPDATE_LERP,
  ANNEAL_UPDATE_COUNT,
};

/// Arithmetic with broadcasting.
struct ANNEAL_IMMUTABLE anneal_arithmetic_table {
  int32_t (*unary)(int32_t function, anneal_tensor *x, anneal_result *out);
  int32_t (*binary)(int32_t function, anneal_tensor *x, anneal_tensor *y, anneal_result *out);
  int32_t (*binary_number)(int32_t function, anneal_tensor *x, double y, anneal_result *out);
  /// Overwrites `x`; `scale` matters to add and lerp alone.
  int32_t (*update)(int32_t function, anneal_tensor *x, anneal_tensor *y, double scale);
  /// Overwrites `x` with a function of itself and a number; lerp is not offered.
  int32_t (*update_number)(int32_t function, anneal_tensor *x, double y);
  /// An infinite bound does not bind.
  int32_t (*clamp)(anneal_tensor *x, double low, double high, anneal_result *out);
  /// Bounds as tensors that broadcast against `x`; null does not bind.
  int32_t (*clamp_tensor)(
      anneal_tensor *x, anneal_tensor *_Nullable low, anneal_tensor *_Nullable high,
      anneal_result *out);
  int32_t (*where)(
      anneal_tensor *condition, anneal_tensor *x, anneal_tensor *y, anneal_result *out);
  int32_t (*masked_fill)(
      anneal_tensor *x, anneal_tensor *mask, double value, anneal_result *out);
  int32_t (*matmul)(anneal_tensor *x, anneal_tensor *y, anneal_result *out);
};

/// Reductions over a list of dimensions; an empty list is all of them.
enum anneal_reduction {
  ANNEAL_SUM, ANNEAL_MEAN, ANNEAL_MAX, ANNEAL_MIN, ANNEAL_LOG_SUM_EXP, ANNEAL_ALL, ANNEAL_ANY,
  ANNEAL_NORM1, ANNEAL_NORM2, ANNEAL_REDUCTION_COUNT,
};

/// Sums, orders and counts.
struct ANNEAL_IMMUTABLE anneal_reduction_table {
  int32_t (*reduce)(
      int32_t function, anneal_tensor *x, const intptr_t *dims, intptr_t count, bool kept,
      anneal_result *out);
  /// Divides by N - correction.
  int32_t (*variance)(
      anneal_tensor *x, const intptr_t *dims, intptr_t count, double correction, bool kept,
      anneal_result *out);
  int32_t (*argmax)(anneal_tensor *x, intptr_t dim, bool kept, anneal_result *out);
  int32_t (*argmin)(anneal_tensor *x, intptr_t dim, bool kept, anneal_result *out);
  int32_t (*cumulative_sum)(anneal_tensor *x, intptr_t dim, anneal_result *out);
  int32_t (*top)(
      anneal_tensor *x, intptr_t k, intptr_t dim, bool largest, anneal_result *values,
      anneal_result *indices);
  /// Stable.
  int32_t (*sort)(
      anneal_tensor *x, intptr_t dim, bool descending, anneal_result *values,
      anneal_result *indices);
  /// The k-th smallest, counted from 1.
  int32_t (*kth)(
      anneal_tensor *x, intptr_t k, intptr_t dim, bool kept, anneal_result *values,
      anneal_result *indices);
  /// `[bins]` counts of equal bins in low...high; values outside are not counted.
  int32_t (*histogram)(
      anneal_tensor *x, intptr_t bins, double low, double high, anneal_result *out);
  /// `[max(minimum, largest + 1)]` counts (or sums of weights) of non-negative integers.
  int32_t (*count)(
      anneal_tensor *x, anneal_tensor *_Nullable weights, intptr_t minimum, anneal_result *out);
  /// Sorted distinct values and how often each occurs.
  int32_t (*unique)(anneal_tensor *x, anneal_result *values, anneal_result *counts);
  /// For each value its insertion point in the sorted last dimension.
  int32_t (*search)(
      anneal_tensor *sorted, anneal_tensor *values, bool right, anneal_result *out);
};

/// Layers of neural networks. Images are `[N, C, H, W]`, series `[N, C, L]`.
struct ANNEAL_IMMUTABLE anneal_layer_table {
  /// x W^T + b for `x` `[..., in]`, `weight` `[out, in]`.
  int32_t (*linear)(
      anneal_tensor *x, anneal_tensor *weight, anneal_tensor *_Nullable bias,
      anneal_result *out);
  /// `weight` `[out, in / groups, ...]`; one number for each of the `count` spatial dimensions.
  int32_t (*convolution)(
      anneal_tensor *x, anneal_tensor *weight, anneal_tensor *_Nullable bias,
      const intptr_t *stride, const intptr_t *padding, const intptr_t *dilation, intptr_t count,
      intptr_t groups, anneal_result *out);
  /// Two numbers each: height, width.
  int32_t (*max_pool)(
      anneal_tensor *x, const intptr_t *window, const intptr_t *stride, const intptr_t *padding,
      bool ceiling, anneal_result *out);
  int32_t (*average_pool)(
      anneal_tensor *x, const intptr_t *window, const intptr_t *stride, const intptr_t *padding,
      bool ceiling, bool counts_padding, anneal_result *out);
  int32_t (*adaptive_average_pool)(anneal_tensor *x, const intptr_t *size, anneal_result *out);
  /// In training the running statistics (if any) are updated in place. `addend` (if any) is added to what
  /// was normed, and the sum is held within `low` and `high`, which may be infinite.
  int32_t (*batch_norm)(
      anneal_tensor *x, anneal_tensor *_Nullable addend, anneal_tensor *_Nullable weight,
      anneal_tensor *_Nullable bias, anneal_tensor *_Nullable running_mean,
      anneal_tensor *_Nullable running_variance, bool training, double momentum, double epsilon,
      double low, double high, anneal_result *out);
  /// Over the trailing dimensions of `shape`.
  int32_t (*layer_norm)(
      anneal_tensor *x, const intptr_t *shape, intptr_t dimensions,
      anneal_tensor *_Nullable weight, anneal_tensor *_Nullable bias, double epsilon,
      anneal_result *out);
  int32_t (*group_norm)(
      anneal_tensor *x, intptr_t groups, anneal_tensor *_Nullable weight,
      anneal_tensor *_Nullable bias, double epsilon, anneal_result *out);
  int32_t (*softmax)(anneal_tensor *x, intptr_t dim, bool logarithm, anneal_result *out);
  /// Rows of `[V, D]` at int64 or int32 `indices`.
  int32_t (*embedding)(anneal_tensor *weight, anneal_tensor *indices, anneal_result *out);
  /// softmax(Q K^T scale + mask) V over `[..., L, D]`; NaN `scale` is 1 / sqrt(D).
  int32_t (*attention)(
      anneal_tensor *query, anneal_tensor *key, anneal_tensor *value,
      anneal_tensor *_Nullable mask, bool causal, double scale, anneal_result *out);
};

/// How a loss joins the samples' values.
enum anneal_joining { ANNEAL_JOIN_NONE = 0, ANNEAL_JOIN_MEAN = 1, ANNEAL_JOIN_SUM = 2 };

enum anneal_loss {
  ANNEAL_SQUARED_ERROR, ANNEAL_ABSOLUTE_ERROR,
  /// `parameter` is delta.
  ANNEAL_HUBER,
  /// Binary cross-entropy on logits.
  ANNEAL_BINARY,
  /// KL(target || x), both log-probabilities; the mean is over the first dimension.
  ANNEAL_DIVERGENCE,
  ANNEAL_LOSS_COUNT,
};

/// Losses.
struct ANNEAL_IMMUTABLE anneal_loss_table {
  /// `x` `[N, K]` logits; `target` int64 `[N]` codes or float `[N, K]` probabilities.
  int32_t (*cross_entropy)(
      anneal_tensor *x, anneal_tensor *target, anneal_tensor *_Nullable weight, int32_t joining,
      double smoothing, anneal_result *out);
  int32_t (*loss)(
      int32_t function, anneal_tensor *x, anneal_tensor *target, int32_t joining,
      double parameter, anneal_result *out);
};

enum anneal_interpolation { ANNEAL_NEAREST = 0, ANNEAL_BILINEAR = 1, ANNEAL_BICUBIC = 2 };

/// What a sampled place outside the input holds.
enum anneal_border { ANNEAL_BORDER_ZEROS = 0, ANNEAL_BORDER_EDGE = 1, ANNEAL_BORDER_REFLECT = 2 };

/// Resampling of images `[N, C, H, W]`.
struct ANNEAL_IMMUTABLE anneal_image_table {
  /// `[N, H, W, 2]` places in -1...1 (pixel borders at the ends) for `theta` `[N, 2, 3]`.
  int32_t (*affine_grid)(
      anneal_tensor *theta, const intptr_t *size, intptr_t dimensions, anneal_result *out);
  int32_t (*grid_sample)(
      anneal_tensor *x, anneal_tensor *grid, int32_t interpolation, int32_t border,
      anneal_result *out);
  /// To `size` (height, width); pixel centres map to pixel centres. `antialias` widens the filter
  /// when shrinking (not for nearest).
  int32_t (*interpolate)(
      anneal_tensor *x, const intptr_t *size, int32_t interpolation, bool antialias,
      anneal_result *out);
};

/// What a step of a change does to one image `[C, H, W]`. Factors and amounts are in the unit of light,
/// which runs from 0 to 1, and the results stay in it.
enum anneal_image_change {
  /// The pixel (x, y), counted from the middle, becomes what was at
  /// (v0 x + v1 y + v2, v3 x + v4 y + v5).
  ANNEAL_IMAGE_MAP,
  /// Blends with black, with the mean of its grey, and with its grey, each keeping the part v0.
  ANNEAL_IMAGE_BRIGHTNESS,
  ANNEAL_IMAGE_CONTRAST,
  ANNEAL_IMAGE_SATURATION,
  /// Turns hues by v0 of a whole turn; images of other than three channels stay.
  ANNEAL_IMAGE_HUE,
  /// Blends with what a 3 x 3 filter smooths, keeping the part v0.
  ANNEAL_IMAGE_SHARPNESS,
  /// Keeps v0 bits.
  ANNEAL_IMAGE_POSTERIZE,
  /// Inverts what is v0 or more.
  ANNEAL_IMAGE_SOLARIZE,
  /// Spreads each channel over all of light.
  ANNEAL_IMAGE_AUTOCONTRAST,
  /// Makes each channel's 256 levels equally frequent.
  ANNEAL_IMAGE_EQUALIZE,
  /// Adds normal noise of the deviation v0.
  ANNEAL_IMAGE_NOISE,
  /// Fills v3 rows of v2 pixels, from (v0, v1), with the light v4, or with uniform noise where that is
  /// negative.
  ANNEAL_IMAGE_ERASE,
  ANNEAL_IMAGE_CHANGE_COUNT,
};

/// One step, with what it needs. Noise takes blocks of the random stream of the words (a key of two and
/// the counter's upper half) from the block 2^32 on.
struct anneal_image_step {
  int32_t change;
  uint32_t words[4];
  double values[6];
};

/// Changes of `[N, C, H, W]` images and what is common to them.
struct anneal_image_program {
  /// The steps of all images; those of image i are from `starts[i]` to `starts[i + 1]`.
  const struct anneal_image_step *steps;
  const intptr_t *starts;
  /// Bilinear or nearest.
  int32_t interpolation;
  int32_t border;
  /// `[C]` values outside an image, where the border has zeros.
  const float *fill;
  /// The values of no light and of all.
  float dark, bright;
  /// `[C]` figures of the map (x - center) * factor + base that follows.
  const float *centers, *factors, *bases;
};

/// What rows go through on their way to a model, and what is found out about them before. Rows are
/// uint8 or float32 in host memory; results are float32. The values of a row lie in `groups` runs of one
/// length, each of which shares its figures.
struct anneal_moments {
  /// Of the values that are no NaN.
  double count, mean;
  /// The sum of the squared distances to the mean.
  double squares;
  double least, greatest;
  /// The sum of the magnitudes.
  double magnitude;
};

struct ANNEAL_IMMUTABLE anneal_row_table {
  /// y = (x - center) * factor + base, held within low and high where those are given.
  int32_t (*scale)(
      anneal_tensor *x, intptr_t groups, const float *centers, const float *factors,
      const float *bases, const float *_Nullable low, const float *_Nullable high,
      anneal_result *out);
  /// Adds the rows to the figures of each group, the same bits for every thread count.
  int32_t (*moments)(anneal_tensor *x, intptr_t groups, struct anneal_moments *moments);
  /// Counts values by a part of their order: values are turned into 32-bit numbers in the same order,
  /// and for group `first` + g of `count` and rank r of `ranks`, those with the leading bits
  /// `prefixes[g * ranks + r]` count by the next `bits` bits, above the last `shift`, into a table
  /// of 1 << bits counts.
  int32_t (*tally)(
      anneal_tensor *x, intptr_t groups, intptr_t first, intptr_t count, intptr_t ranks,
      const uint32_t *prefixes, int32_t shift, int32_t bits, int64_t *counts);
  int32_t (*change_images)(
      anneal_tensor *x, const struct anneal_image_program *program, anneal_result *out);
};

/// Spectra of real signals.
struct ANNEAL_IMMUTABLE anneal_spectrum_table {
  /// |DFT|^2 of the last dimension: `[..., n]` to `[..., n / 2 + 1]`.
  int32_t (*power)(anneal_tensor *x, anneal_result *out);
  /// Real and imaginary parts of the half spectrum, as a last dimension of 2.
  int32_t (*forward)(anneal_tensor *x, anneal_result *out);
  /// The inverse of `forward`, `length` samples.
  int32_t (*inverse)(anneal_tensor *x, intptr_t length, anneal_result *out);
};

/// Reverse-mode differentiation.
struct ANNEAL_IMMUTABLE anneal_gradient_table {
  int32_t (*require)(anneal_tensor *x, bool required);
  /// Writes null where there is none.
  int32_t (*get)(anneal_tensor *x, anneal_result *out);
  /// Null removes the gradient.
  int32_t (*set)(anneal_tensor *x, anneal_tensor *_Nullable gradient);
  int32_t (*detach)(anneal_tensor *x, anneal_result *out);
  /// Adds d root / d leaf to the gradient of every leaf; `seed` defaults to 1 for one element.
  int32_t (*backward)(anneal_tensor *root, anneal_tensor *_Nullable seed, bool graph_kept);
  /// Writes d root / d input for each of the inputs, null for one that root does not depend on.
  int32_t (*derive)(
      anneal_tensor *root, const anneal_element *inputs, intptr_t count, bool graph_kept,
      anneal_result *out);
  /// Whether the gradients of all leaves are finite; a leaf without one is passed over.
  int32_t (*finite)(const anneal_element *leaves, intptr_t count, bool *out);
  /// Whether this thread records operations; returns what it was.
  bool (*record)(bool recording);
};

/// The state of automatic mixed precision in this thread, for one kind of device.
struct anneal_autocast {
  /// ANNEAL_CPU, or any CUDA index.
  int32_t device;
  bool enabled;
  int32_t type;
};

/// Element-wise functions of lists, in place, list by list.
enum anneal_list_function {
  /// x += a y
  ANNEAL_LIST_ADD,
  ANNEAL_LIST_MULTIPLY,
  ANNEAL_LIST_DIVIDE,
  ANNEAL_LIST_COPY,
  /// x += a (y - x)
  ANNEAL_LIST_LERP,
  /// x += a y y
  ANNEAL_LIST_ADD_SQUARE,
  /// x += a sign(y)
  ANNEAL_LIST_ADD_SIGN,
  ANNEAL_LIST_COUNT,
};

/// Kernels over all parameters at once. Lists have `count` entries each, none of them null.
/// Nothing here is recorded for differentiation.
struct ANNEAL_IMMUTABLE anneal_optimizer_table {
  int32_t (*update)(
      int32_t function, const anneal_element *x, const anneal_element *y, intptr_t count,
      double a);
  /// x *= a, then x += b.
  int32_t (*scale)(const anneal_element *x, intptr_t count, double a, double b);
  /// x += a y / (sqrt(z) + epsilon)
  int32_t (*add_normalized)(
      const anneal_element *x, const anneal_element *y, const anneal_element *z, intptr_t count,
      double a, double epsilon);
  /// Stochastic gradient descent with momentum; `momenta` has no entries where momentum is 0.
  int32_t (*sgd)(
      const anneal_element *x, const anneal_element *gradients, const anneal_element *momenta,
      intptr_t count, double rate, double decay, double momentum, double dampening,
      bool nesterov, bool first);
  /// Adam; `decoupled` is AdamW. `steps` are float32 scalars that count up here.
  int32_t (*adam)(
      const anneal_element *x, const anneal_element *gradients, const anneal_element *means,
      const anneal_element *squares, const anneal_element *steps, intptr_t count, double rate,
      double beta1, double beta2, double decay, double epsilon, bool decoupled);
  /// The Euclidean norm of all elements, a scalar tensor on the lists' device.
  int32_t (*norm)(const anneal_element *x, intptr_t count, anneal_result *out);
  /// x *= min(1, bound / (norm + 1e-6)), without leaving the device.
  int32_t (*clip)(
      const anneal_element *x, intptr_t count, anneal_tensor *norm, double bound);
};

/// Quantization in floating point, with the straight-through gradient.
struct ANNEAL_IMMUTABLE anneal_quantization_table {
  /// (clamp(round(x / scale) + zero, low, high) - zero) scale, half to even. The gradient passes
  /// where the value was not clamped.
  int32_t (*tensor)(
      anneal_tensor *x, double scale, intptr_t zero, intptr_t low, intptr_t high,
      anneal_result *out);
  /// `scales` float32 and `zeros` int32, one for each index of `axis`.
  int32_t (*channel)(
      anneal_tensor *x, anneal_tensor *scales, anneal_tensor *zeros, intptr_t axis, intptr_t low,
      intptr_t high, anneal_result *out);
};

/// What becomes of operations whose result depends on timing.
enum anneal_determinism {
  /// They are used where they are faster.
  ANNEAL_DETERMINISM_NONE = 0,
  /// They are used where there is no other.
  ANNEAL_DETERMINISM_PREFERRED = 1,
  /// They fail.
  ANNEAL_DETERMINISM_REQUIRED = 2,
};

/// The machine and the engine's settings.
struct ANNEAL_IMMUTABLE anneal_device_table {
  /// Every later operation, on any thread, computes with this many threads.
  int32_t (*set_threads)(intptr_t count);
  intptr_t (*threads)(void);
  /// Threads that run whole operations side by side; settable once, before the first use.
  int32_t (*set_interop_threads)(intptr_t count);
  int32_t (*set_determinism)(int32_t determinism);
  /// Lets CUDA multiply float32 matrices in TF32.
  int32_t (*set_reduced_float32)(bool on);
  bool (*reduced_float32)(void);
  /// Opens the CUDA library on the first call; 0 leaves the reason in `last_error`.
  int32_t (*cuda_count)(intptr_t *count);
  int32_t (*synchronize)(int32_t device);
  /// The instruction set that CPU kernels were chosen for, such as "AVX2".
  int32_t (*capability)(char *text, intptr_t capacity);
  /// Sets this thread's mixed precision and leaves in `state` what it was.
  int32_t (*swap_autocast)(struct anneal_autocast *state);
  /// Has this thread alone compute with `count` threads, or with those of all where that is 0; returns what
  /// held before.
  intptr_t (*swap_own_threads)(intptr_t count);
};

/// All families.
struct ANNEAL_IMMUTABLE anneal_tensor_api {
  /// ANNEAL_TENSOR_API_VERSION of the library.
  uint32_t version;
  /// The libtorch that the library was compiled for and the one that was loaded, as
  /// major << 16 | minor << 8 | patch. They must be equal: libtorch has no stable C++ interface.
  uint32_t compiled_torch;
  uint32_t loaded_torch;
  /// The reason of this thread's last failure; valid until the thread's next call.
  const char *(*last_error)(void);
  const struct anneal_handle_table *handle;
  const struct anneal_shape_table *shape;
  const struct anneal_arithmetic_table *arithmetic;
  const struct anneal_reduction_table *reduction;
  const struct anneal_layer_table *layer;
  const struct anneal_loss_table *loss;
  const struct anneal_image_table *image;
  const struct anneal_row_table *row;
  const struct anneal_spectrum_table *spectrum;
  const struct anneal_gradient_table *gradient;
  const struct anneal_optimizer_table *optimizer;
  const struct anneal_quantization_table *quantization;
  const struct anneal_device_table *device;
};

/// The type of ANNEAL_TENSOR_ENTRY. Null if the library can not start.
typedef const struct anneal_tensor_api *_Nullable (*anneal_tensor_entry)(void);

#pragma clang diagnostic pop
#pragma clang assume_nonnull end

#if defined(__cplusplus)
}
#endif

#endif
