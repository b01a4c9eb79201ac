// The C face of the data engine (libAnnealData): text streams, Arrow tables and images.
//
// Every function that can fail returns a status; after anything but ANNEAL_DATA_OK the calling
// thread finds the reason in `last_error()` until its next call. Where a system call failed, the
// status is its error number, negated. No C++ exception crosses.

#ifndef CDATA_H
#define CDATA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Raised whenever the table below changes, so that a library of another build is refused.
#define ANNEAL_DATA_ABI 3

// The largest rank of a column's rows, and the longest column name with its closing zero.
#define ANNEAL_DATA_MAX_RANK 4
#define ANNEAL_DATA_MAX_NAME 512

typedef enum {
  ANNEAL_DATA_OK = 0,
  ANNEAL_DATA_FAILED = 1,
} AnnealDataStatus;

typedef enum {
  ANNEAL_DATA_UINT8 = 0,
  ANNEAL_DATA_INT32 = 1,
  ANNEAL_DATA_INT64 = 2,
  ANNEAL_DATA_FLOAT32 = 3,
  ANNEAL_DATA_FLOAT64 = 4,
  // Only in tables that are written: `AnnealDataFiles`.
  ANNEAL_DATA_FILES = 100,
} AnnealDataType;

// A column of a table. Rank 0 is one value a row; otherwise a row is a dense row-major tensor.
typedef struct {
  char name[ANNEAL_DATA_MAX_NAME];
  int32_t type;
  int32_t rank;
  int64_t shape[ANNEAL_DATA_MAX_RANK];
  // Whether values may be missing, which are -1 (integers) or NaN here and null in the file; of rank 0.
  int32_t nullable;
  // Whether values are the places of texts that the file holds; of rank 0 and of an integer type.
  int32_t coded;
  // Where values are given: the elements from one row to the next, or 0 where rows lie side by side. A
  // column may so be taken out of wider rows; of rank 0.
  int64_t step;
} AnnealDataColumn;

// Files that are the values of a column, one after the other: file i has the bytes from offsets[i] up to
// offsets[i + 1], and its name those of `names` from name_offsets[i] on.
typedef struct {
  const int32_t *offsets;
  const uint8_t *bytes;
  const int32_t *name_offsets;
  const uint8_t *names;
} AnnealDataFiles;

// What a table is written as.
typedef enum {
  ANNEAL_DATA_ARROW = 0,
  ANNEAL_DATA_PARQUET = 1,
  ANNEAL_DATA_CSV = 2,
} AnnealDataTableFormat;

// Where rows of a column lie, one after the other: `values` is the address of the first, and bit
// `offset` + i at the address `validity` tells that row i is not missing; 0 where none is.
typedef struct {
  int64_t start;  // of the first row among those of the whole table
  int64_t rows;
  uintptr_t values;
  uintptr_t validity;
  int64_t offset;
} AnnealDataRun;

typedef enum {
  ANNEAL_DATA_PNG = 1,
  ANNEAL_DATA_JPEG = 2,
} AnnealDataImageFormat;

// What the header of an image file promises, before any pixel is decoded. Width and height are those
// of the picture as it is to be seen; `orientation` is how the stored one comes to that: a value of
// EXIF's tag of the name, 1 where nothing is to be done. `bits` are those of a sample.
typedef struct {
  int32_t format;
  int32_t width;
  int32_t height;
  int32_t orientation;
  int32_t bits;
  int32_t transparent;
} AnnealDataImageInfo;

typedef enum {
  ANNEAL_DATA_COVER = 0,    // fills the target, cutting what stands out
  ANNEAL_DATA_CONTAIN = 1,  // fits inside the target, with black around it
  ANNEAL_DATA_STRETCH = 2,  // takes the target's shape
} AnnealDataFit;

// The picture wanted of an image file: `channels` (1 grey, 3 RGB) planes of height x width bytes.
typedef struct {
  int32_t channels;
  int32_t height;
  int32_t width;
  int32_t fit;
} AnnealDataPicture;

typedef enum {
  ANNEAL_DATA_MEDIAN = 0,
  ANNEAL_DATA_MEAN = 1,
  ANNEAL_DATA_GAUSSIAN = 2,
  ANNEAL_DATA_BILATERAL = 3,
  ANNEAL_DATA_NON_LOCAL_MEANS = 4,
} AnnealDataDenoiseMethod;

// A denoising filter. `kernel` is the side of the (odd) window; for non-local means that of the
// compared patch, with `search` the side of the window searched. `strength` is the Gaussian's
// sigma in pixels, the bilateral filter's colour sigma, or non-local means' h;
// `spread` is the bilateral filter's sigma in pixels.
typedef struct {
  int32_t method;
  int32_t kernel;
  int32_t search;
  double strength;
  double spread;
} AnnealDataDenoise;

typedef struct AnnealDataStream AnnealDataStream;
typedef struct AnnealDataWriter AnnealDataWriter;
typedef struct AnnealDataReader AnnealDataReader;

typedef struct {
  uint32_t abi;

  // The calling thread's last failure, in UTF-8; valid until its next call.
  const char *(*last_error)(void);
  // The library's own threads (Arrow's pool and OpenCV's).
  int32_t (*set_threads)(int32_t threads);

  // Bytes of a file, decompressed where it starts like gzip.
  int32_t (*stream_open)(const char *path, AnnealDataStream **out);
  int32_t (*stream_read)(
      AnnealDataStream *stream, uint8_t *buffer, int64_t capacity, int64_t *count);
  void (*stream_close)(AnnealDataStream *stream);

  // Arrow IPC files: uncompressed, one record batch for each append.
  int32_t (*writer_open)(
      const char *path, const AnnealDataColumn *columns, int32_t count, AnnealDataWriter **out);
  int32_t (*writer_append)(AnnealDataWriter *writer, int64_t rows, const void *const *columns);
  int32_t (*writer_finish)(AnnealDataWriter *writer);
  void (*writer_close)(AnnealDataWriter *writer);

  // Memory-mapped; what a batch gives, a run for each column, lives as long as the reader.
  int32_t (*reader_open)(const char *path, AnnealDataReader **out);
  int32_t (*reader_column_count)(const AnnealDataReader *reader, int32_t *count);
  int32_t (*reader_column)(
      const AnnealDataReader *reader, int32_t index, AnnealDataColumn *column);
  int32_t (*reader_batch_count)(const AnnealDataReader *reader, int32_t *count);
  int32_t (*reader_batch)(const AnnealDataReader *reader, int32_t batch, AnnealDataRun *runs);
  void (*reader_close)(AnnealDataReader *reader);

  // `bytes` is a whole image file; `out` takes channels x height x width bytes.
  int32_t (*image_probe)(const uint8_t *bytes, int64_t size, AnnealDataImageInfo *info);
  int32_t (*image_decode)(
      const uint8_t *bytes, int64_t size, const AnnealDataPicture *picture, uint8_t *out);
  // `pictures` images of channels x height x width bytes, one after the other.
  int32_t (*image_denoise)(
      const uint8_t *in, int64_t pictures, const AnnealDataPicture *shape,
      const AnnealDataDenoise *filter, uint8_t *out);
  // Writes one picture (channels x height x width bytes) as a PNG file.
  int32_t (*image_write_png)(
      const uint8_t *in, const AnnealDataPicture *shape, const char *path);

  // Before the first append: the texts of a coded column, text i being the bytes from offsets[i] up to
  // offsets[i + 1]; and a remark on a column, or on the table where it is -1.
  int32_t (*writer_texts)(
      AnnealDataWriter *writer, int32_t column, int32_t count, const int32_t *offsets,
      const uint8_t *bytes);
  int32_t (*writer_note)(
      AnnealDataWriter *writer, int32_t column, const char *key, const char *value);
  // Whether all floating-point values that were appended are finite.
  int32_t (*writer_is_finite)(const AnnealDataWriter *writer, int32_t *finite);

  // The texts of a coded column, as `writer_texts` takes them; they live as long as the reader.
  int32_t (*reader_texts)(
      const AnnealDataReader *reader, int32_t column, int32_t *count, const int32_t **offsets,
      const uint8_t **bytes);

  // Copies rows of `width` elements, those at `positions` or, where that is null, `count` of them from
  // `first` on. The runs follow each other from row 0. Missing values come out as -1 or NaN.
  int32_t (*rows_gather)(
      const AnnealDataRun *runs, int32_t run_count, int32_t type, int64_t width,
      const int64_t *positions, int64_t first, int64_t count, void *out);
  // Tells the system that `count` rows from `first` on will be read soon, or that they are done with: then
  // they no longer count as this process's memory, and are mapped again where they are read again.
  int32_t (*rows_advise)(
      const AnnealDataRun *runs, int32_t run_count, int32_t type, int64_t width, int64_t first,
      int64_t count, int32_t done);

  // Like `writer_open`, in any format.
  int32_t (*table_open)(
      const char *path, int32_t format, const AnnealDataColumn *columns, int32_t count,
      AnnealDataWriter **out);
} AnnealDataFunctions;

// The one symbol that libAnnealData exports.
typedef const AnnealDataFunctions *(*AnnealDataEntry)(void);
#define ANNEAL_DATA_ENTRY "anneal_data_functions"

#ifdef __cplusplus
}
#endif

#endif
