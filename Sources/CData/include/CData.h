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
} AnnealDataType;

// A column of a table. Rank 0 is one value a row; otherwise a row is a dense row-major tensor.
typedef struct {
  char name[ANNEAL_DATA_MAX_NAME];
  int32_t type;
  int32_t rank;
  int64_t shape[ANNEAL_DATA_MAX_RANK];
} AnnealDataColumn;

typedef enum {
  ANNEAL_DATA_PNG = 1,
  ANNEAL_DATA_JPEG = 2,
  ANNEAL_DATA_WEBP = 3,
  ANNEAL_DATA_BMP = 4,
  ANNEAL_DATA_TIFF = 5,
} AnnealDataImageFormat;

// What the header of an image file promises, before any pixel is decoded. Width and height are those
// of the picture as it is to be seen; `orientation` is how the stored one comes to that: a value of
// EXIF's tag of the name, 1 where nothing is to be done. `bits` are those of a sample, `channels` 1 for
// grey and 3 for colour. `animated` is 1 where the file holds further pictures (frames or pages), and
// `profiled` where it has a colour profile other than sRGB.
typedef struct {
  int32_t format;
  int32_t width;
  int32_t height;
  int32_t orientation;
  int32_t bits;
  int32_t channels;
  int32_t transparent;
  int32_t animated;
  int32_t profiled;
} AnnealDataImageInfo;

typedef enum {
  ANNEAL_DATA_COVER = 0,    // fills the target, cutting what stands out
  ANNEAL_DATA_CONTAIN = 1,  // fits inside the target, with a frame around it
  ANNEAL_DATA_STRETCH = 2,  // takes the target's shape
} AnnealDataFit;

// The picture wanted of an image file: `channels` (1 grey, 3 RGB) planes of height x width bytes.
typedef struct {
  int32_t channels;
  int32_t height;
  int32_t width;
  int32_t fit;
} AnnealDataPicture;

// How an image file becomes a picture: the colours (red, green, blue) behind transparent pixels and
// around a picture that is contained, and whether samples keep 16 bits, as float32 of 0 to 65535.
typedef struct {
  AnnealDataPicture picture;
  uint8_t background[3];
  uint8_t frame[3];
  int32_t deep;
} AnnealDataImageRequest;

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

  // Memory-mapped; the pointers of a batch live as long as the reader.
  int32_t (*reader_open)(const char *path, AnnealDataReader **out);
  int32_t (*reader_column_count)(const AnnealDataReader *reader, int32_t *count);
  int32_t (*reader_column)(
      const AnnealDataReader *reader, int32_t index, AnnealDataColumn *column);
  int32_t (*reader_batch_count)(const AnnealDataReader *reader, int32_t *count);
  int32_t (*reader_batch)(
      const AnnealDataReader *reader, int32_t batch, int64_t *rows, const void **columns);
  void (*reader_close)(AnnealDataReader *reader);

  // `bytes` is an image file, or enough of its start; it may fail for want of the rest.
  int32_t (*image_probe)(const uint8_t *bytes, int64_t size, AnnealDataImageInfo *info);
  // `bytes` is a whole image file; `out` takes channels x height x width bytes, or float32 where the
  // request is deep.
  int32_t (*image_decode)(
      const uint8_t *bytes, int64_t size, const AnnealDataImageRequest *request, void *out);
  // `pictures` images of channels x height x width bytes, one after the other.
  int32_t (*image_denoise)(
      const uint8_t *in, int64_t pictures, const AnnealDataPicture *shape,
      const AnnealDataDenoise *filter, uint8_t *out);
  // Writes one picture (channels x height x width bytes) as a PNG file.
  int32_t (*image_write_png)(
      const uint8_t *in, const AnnealDataPicture *shape, const char *path);
} AnnealDataFunctions;

// The one symbol that libAnnealData exports.
typedef const AnnealDataFunctions *(*AnnealDataEntry)(void);
#define ANNEAL_DATA_ENTRY "anneal_data_functions"

#ifdef __cplusplus
}
#endif

#endif
