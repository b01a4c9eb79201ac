// The C face of the data engine: text streams and Arrow tables (libAnnealData), images and sounds
// (libAnnealMedia, apart because its own libraries take as long to load as those of tables).
//
// Every function that can fail returns a status; after anything but ANNEAL_DATA_OK the calling
// thread finds the reason in the same library's `last_error()` until its next call. Where a system call failed, the
// status is its error number, negated. No C++ exception crosses.

#ifndef CDATA_H
#define CDATA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Raised whenever a table below changes, so that a library of another build is refused.
#define ANNEAL_DATA_ABI 5

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
  // Only in tables that are written: `AnnealDataFiles`, and `AnnealDataTexts` of one text or several in a
  // row; days since 1970 and milliseconds since midnight (int32), and milliseconds since 1970 (int64), of
  // which the least number is a missing value.
  ANNEAL_DATA_FILES = 100,
  ANNEAL_DATA_TEXTS = 101,
  ANNEAL_DATA_TEXT_LISTS = 102,
  ANNEAL_DATA_DATE = 103,
  ANNEAL_DATA_CLOCK = 104,
  ANNEAL_DATA_MOMENT = 105,
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

// Texts that are the values of a column: text i has the bytes from offsets[i] up to offsets[i + 1]. Row i has
// the text i, unless present[i] is 0; or the texts from lists[i] up to lists[i + 1].
typedef struct {
  const int32_t *offsets;
  const uint8_t *bytes;
  const uint8_t *present;
  const int32_t *lists;
} AnnealDataTexts;

// What a table is written as.
typedef enum {
  ANNEAL_DATA_ARROW = 0,
  ANNEAL_DATA_PARQUET = 1,
  ANNEAL_DATA_CSV = 2,
} AnnealDataFileFormat;

// Where rows of a column lie, one after the other: `values` is the address of the first, and bit
// `offset` + i at the address `validity` tells that row i is not missing; 0 where none is.
typedef struct {
  int64_t start;  // of the first row among those of the whole table
  int64_t rows;
  uintptr_t values;
  uintptr_t validity;
  int64_t offset;
} AnnealDataRun;

// What becomes of rows. Those that are done with no longer count as this process's memory, and are mapped again
// where they are read again. Where rows are read in any order, a row brings none of its neighbours along.
typedef enum {
  ANNEAL_DATA_SOON = 0,
  ANNEAL_DATA_DONE = 1,
  ANNEAL_DATA_ANY_ORDER = 2,
  ANNEAL_DATA_IN_ORDER = 3,
} AnnealDataAdvice;

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

typedef enum {
  ANNEAL_DATA_WAV = 1,
  ANNEAL_DATA_FLAC = 2,
  ANNEAL_DATA_OGG = 3,
  ANNEAL_DATA_AIFF = 4,
} AnnealDataSoundFormat;

// What the header of a sound file promises, before anything is decoded. `rate` is in samples a second
// of each channel, `frames` how many each channel has.
typedef struct {
  int32_t format;
  int32_t rate;
  int32_t channels;
  int64_t frames;
} AnnealDataSoundInfo;

typedef enum {
  ANNEAL_DATA_LOG_MEL = 0,   // bands x frames decibels
  ANNEAL_DATA_MFCC = 1,      // coefficients x frames
  ANNEAL_DATA_WAVEFORM = 2,  // samples
} AnnealDataSoundFeatures;

// The features wanted of a sound: its first `samples` samples at `rate`, mixed to one channel, and
// what is made of them. Spectra are of `window` samples under a periodic Hann window, `hop` apart, the
// first centred on the first sample, with silence around the sound: 1 + samples / hop frames.
typedef struct {
  int32_t rate;
  int64_t samples;
  int32_t features;
  int32_t window;
  int32_t hop;
  int32_t bands;
  int32_t coefficients;
} AnnealDataSoundForm;

// The form in which the cells of a table's column are wanted.
typedef enum {
  ANNEAL_DATA_CELL_NUMBERS = 0,  // as numbers, with remarks on cells that are none
  ANNEAL_DATA_CELL_CODES = 1,    // as places in the list of the batch's different fields
  ANNEAL_DATA_CELL_TEXTS = 2,    // as their bytes
} AnnealDataCellForm;

typedef enum {
  ANNEAL_DATA_REMARK_TEXT = 0,          // a text where a number belongs
  ANNEAL_DATA_REMARK_INFINITE = 1,      // infinite, and written so
  ANNEAL_DATA_REMARK_TOO_LARGE = 2,     // digits of a number that 32 bits do not hold
  ANNEAL_DATA_REMARK_LEADING_ZERO = 3,  // digits after a zero at the start
} AnnealDataRemark;

// A column that is wanted, and how its cells are read. The texts and numbers that stand for missing
// values are the next so many of lists that are given beside. A byte is -1 where there is none.
typedef struct {
  int32_t column;
  int32_t form;
  int32_t decimal;
  int32_t thousands;
  int32_t missing_texts;
  int32_t missing_numbers;
} AnnealDataCellRequest;

// The lists: texts as bytes one behind the other, with the end of each, and numbers.
typedef struct {
  const uint8_t *bytes;
  const int64_t *ends;
  const double *numbers;
} AnnealDataMissing;

// How a delimited file is taken apart: bytes (-1 where there is none), how many columns a row has, how
// many lines, and then rows, come before the table, and how many bytes are one thread's work (0 for what
// is usual).
typedef struct {
  int32_t delimiter;
  int32_t quote;
  int32_t comment;
  int32_t columns;
  int64_t skipped_lines;
  int64_t skipped_rows;
  int64_t piece_bytes;
} AnnealDataRowFormat;

// Fills `buffer` with the next bytes; 0 at the end, less where reading failed.
typedef int64_t (*AnnealDataRead)(void *context, uint8_t *buffer, int64_t capacity);

// What becomes of a column's numbers in 32 bits: their range, and the number that moves farthest.
typedef struct {
  double least;
  double greatest;
  double worst;
  double move;
} AnnealDataRounding;

#define ANNEAL_DATA_MAX_DISTINCT 51

// What the cells of a column have in common. `distinct` are the first different numbers, `counts`
// tells whether each number is one more than the last.
typedef struct {
  int64_t numbers;
  int64_t texts;
  int64_t missing;
  int64_t leading_zeros;
  int32_t integral;
  int32_t counts;
  int32_t distinct_count;
  double least;
  double greatest;
  double first;
  double last;
  double distinct[ANNEAL_DATA_MAX_DISTINCT];
  AnnealDataRounding rounding;
} AnnealDataCellFacts;

// A column of a batch in its form: `numbers`, or `codes`, of each row; and `texts` texts, which are the
// remarkable cells of numbers (with their row and remark), the different fields of codes (with their first
// row, their kind: 0 missing, 1 a number, 2 another text, their number and how many rows have them), or
// those of all rows.
typedef struct {
  int64_t rows;
  const double *numbers;
  const int32_t *codes;
  int64_t texts;
  const uint8_t *bytes;
  const int64_t *ends;
  const int64_t *text_rows;
  const int32_t *text_kinds;
  const int64_t *text_counts;
  const double *text_numbers;
  AnnealDataCellFacts facts;
} AnnealDataCells;

typedef enum {
  ANNEAL_DATA_ROWS_WHOLE = 0,
  ANNEAL_DATA_ROWS_OPEN_QUOTE = 1,  // the next row has a quote that is never closed
  ANNEAL_DATA_ROWS_LONG_FIELD = 2,  // or a field of more than 1 MiB
  ANNEAL_DATA_ROWS_LONG_ROW = 3,    // or is longer than 64 MiB
  ANNEAL_DATA_ROWS_MANY_FIELDS = 4,  // or has more than 131072 fields
} AnnealDataRowFailure;

// Rows that follow one another. `lines` are how many lines after `first_line` each row starts. A misfit is
// a row of so many fields as the table does not have, or -1 where text follows a closing quote. After
// a failure, which is of the row on `failure_line`, no batch follows.
typedef struct {
  int64_t rows;
  int64_t first_line;
  const int32_t *lines;
  int64_t misfits;
  const int64_t *misfit_rows;
  const int64_t *misfit_fields;
  int32_t is_last;
  int32_t failure;
  int64_t failure_line;
} AnnealDataRows;

typedef enum {
  ANNEAL_DATA_TABLE_PARQUET = 0,
  ANNEAL_DATA_TABLE_ARROW = 1,  // a file or a stream of Arrow's own format
} AnnealDataTableFormat;

// What a column of a typed table holds.
typedef enum {
  ANNEAL_DATA_LEAF_NUMBER = 0,
  ANNEAL_DATA_LEAF_BOOL = 1,
  ANNEAL_DATA_LEAF_TEXT = 2,
  ANNEAL_DATA_LEAF_DATE = 3,
  ANNEAL_DATA_LEAF_BYTES = 4,
  ANNEAL_DATA_LEAF_NESTED = 5,  // not read
  ANNEAL_DATA_LEAF_LABELS = 6,  // a list of texts or whole numbers
} AnnealDataLeafKind;

// A cell of a list of labels is a text of them, with this before each; a list without any is this alone, and
// the second stands for a label that is missing.
#define ANNEAL_DATA_LABEL_MARK "\xe2\x90\x9f"
#define ANNEAL_DATA_LABEL_MISSING "\xe2\x90\x80"

// A column of a typed table; the texts are in UTF-8 and live as long as the table.
typedef struct {
  const char *name;
  const char *type;
  int32_t kind;
} AnnealDataLeaf;

typedef struct AnnealDataTable AnnealDataTable;
typedef struct AnnealDataTableScan AnnealDataTableScan;
typedef struct AnnealDataJsonKeys AnnealDataJsonKeys;
typedef struct AnnealDataJsonScan AnnealDataJsonScan;
typedef struct AnnealDataScanner AnnealDataScanner;
typedef struct AnnealDataBatch AnnealDataBatch;
// How a picture's hash is made: of its coarse frequencies, of the slopes between neighbours, or of what is
// brighter than its mean.
typedef enum {
  ANNEAL_DATA_PERCEPTUAL_HASH = 0,
  ANNEAL_DATA_DIFFERENCE_HASH = 1,
  ANNEAL_DATA_AVERAGE_HASH = 2,
} AnnealDataHashMethod;

typedef struct AnnealDataStream AnnealDataStream;
typedef struct AnnealDataWriter AnnealDataWriter;
typedef struct AnnealDataReader AnnealDataReader;
typedef struct AnnealDataInflater AnnealDataInflater;

typedef struct {
  uint32_t abi;

  // The calling thread's last failure, in UTF-8; valid until its next call.
  const char *(*last_error)(void);
  // The threads of Arrow's pool.
  int32_t (*set_threads)(int32_t threads);

  // Bytes of a file, decompressed where it starts like gzip or zstd.
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

  // Deflated bytes of a part of a file, as ZIP archives keep them: `packed` bytes from `offset` on, to
  // become `size` bytes with the checksum `crc`.
  int32_t (*inflater_open)(
      const char *path, int64_t offset, int64_t packed, int64_t size, uint32_t crc,
      AnnealDataInflater **out);
  int32_t (*inflater_read)(
      AnnealDataInflater *inflater, uint8_t *buffer, int64_t capacity, int64_t *count);
  void (*inflater_close)(AnnealDataInflater *inflater);

  // Takes the rows of a delimited file in UTF-8 apart, on several threads; `read` is called on the one that
  // asks for the next batch, which is null at the end.
  int32_t (*scanner_open)(
      const AnnealDataRowFormat *format, const AnnealDataCellRequest *requests, int32_t count,
      const AnnealDataMissing *missing, AnnealDataRead read, void *context,
      AnnealDataScanner **out);
  int32_t (*scanner_next)(AnnealDataScanner *scanner, AnnealDataBatch **out);
  void (*scanner_close)(AnnealDataScanner *scanner);
  int32_t (*batch_rows)(const AnnealDataBatch *batch, AnnealDataRows *rows);
  // The cells of the request at `index`; the pointers live as long as the batch.
  int32_t (*batch_cells)(const AnnealDataBatch *batch, int32_t index, AnnealDataCells *cells);
  void (*batch_close)(AnnealDataBatch *batch);
  // The same of texts in memory, of rows that are of the table where `is_row` (null: all) is not 0.
  int32_t (*cells_read)(
      const AnnealDataCellRequest *request, const AnnealDataMissing *missing, int64_t rows,
      const uint8_t *bytes, const int64_t *ends, const uint8_t *is_row, AnnealDataBatch **out);
  // What `count` numbers have in common; NaN is missing.
  int32_t (*numbers_describe)(const double *numbers, int64_t count, AnnealDataCellFacts *facts);
  // Writes columns of numbers as rows of 32-bit ones: the `count` rows at `rows`, or the first ones where
  // that is null. `roundings` (one for each column, or null) are added to.
  int32_t (*numbers_encode)(
      const double *const *columns, int32_t width, const int64_t *rows, int64_t count, float *out,
      AnnealDataRounding *roundings);

  // Tables in files of types; `rows` is -1 where the file does not say.
  int32_t (*table_open)(const char *path, int32_t format, AnnealDataTable **out);
  int32_t (*table_size)(const AnnealDataTable *table, int32_t *columns, int64_t *rows);
  int32_t (*table_leaf)(const AnnealDataTable *table, int32_t index, AnnealDataLeaf *leaf);
  void (*table_close)(AnnealDataTable *table);
  // Their rows, of the columns that are wanted, decoded ahead on several threads; null at the end.
  int32_t (*scan_open)(
      const AnnealDataTable *table, const AnnealDataCellRequest *requests, int32_t count,
      const AnnealDataMissing *missing, AnnealDataTableScan **out);
  int32_t (*scan_next)(AnnealDataTableScan *scan, AnnealDataBatch **out);
  void (*scan_close)(AnnealDataTableScan *scan);

  // Objects on the lines of a file, plain or compressed: the names of their values, found in no more than
  // `most` bytes, and whether that was all; then the rows. A misfit has -2 for its fields where the line
  // is no object, -3 where it is no JSON, -4 where values lie too deep, -5 for an unknown name, -6
  // where a label is none, -7 for a name that is there twice, and -8 for one with a zero byte. The lists of the name `labels` (null: of none) are cells of labels, and
  // `has_labels` tells whether there is one.
  int32_t (*json_open)(
      const char *path, int64_t most, const char *labels, AnnealDataJsonKeys **out);
  int32_t (*json_size)(
      const AnnealDataJsonKeys *keys, int32_t *columns, int32_t *is_complete, int32_t *has_labels);
  int32_t (*json_name)(const AnnealDataJsonKeys *keys, int32_t index, const char **name);
  // Adds names that other files have, so that they are known in this one too.
  int32_t (*json_add)(AnnealDataJsonKeys *keys, const char *name);
  void (*json_close)(AnnealDataJsonKeys *keys);
  int32_t (*json_scan_open)(
      const char *path, const AnnealDataJsonKeys *keys, const AnnealDataCellRequest *requests,
      int32_t count, const AnnealDataMissing *missing, AnnealDataJsonScan **out);
  int32_t (*json_scan_next)(AnnealDataJsonScan *scan, AnnealDataBatch **out);
  void (*json_scan_close)(AnnealDataJsonScan *scan);

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
  // Tells the system something of `count` rows from `first` on, an `AnnealDataAdvice`.
  int32_t (*rows_advise)(
      const AnnealDataRun *runs, int32_t run_count, int32_t type, int64_t width, int64_t first,
      int64_t count, int32_t advice);

  // Like `writer_open`, in any format.
  int32_t (*writer_open_as)(
      const char *path, int32_t format, const AnnealDataColumn *columns, int32_t count,
      AnnealDataWriter **out);
} AnnealDataFunctions;

typedef struct {
  uint32_t abi;

  // As above.
  const char *(*last_error)(void);
  // OpenCV's threads.
  int32_t (*set_threads)(int32_t threads);

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
  // A hash of each of `pictures` images, alike for images that look alike.
  int32_t (*image_hash)(
      const uint8_t *in, int64_t pictures, const AnnealDataPicture *shape, int32_t method,
      uint64_t *out);

  // A sound is the file at `path`, or where that is null a whole file in `bytes`. `out` takes the
  // features that `form` wants.
  int32_t (*sound_probe)(
      const char *path, const uint8_t *bytes, int64_t size, AnnealDataSoundInfo *info);
  int32_t (*sound_decode)(
      const char *path, const uint8_t *bytes, int64_t size, const AnnealDataSoundForm *form,
      float *out);
} AnnealMediaFunctions;

// The one symbol that each library exports.
typedef const AnnealDataFunctions *(*AnnealDataEntry)(void);
#define ANNEAL_DATA_ENTRY "anneal_data_functions"
typedef const AnnealMediaFunctions *(*AnnealMediaEntry)(void);
#define ANNEAL_MEDIA_ENTRY "anneal_media_functions"

#ifdef __cplusplus
}
#endif

#endif
