// The function table: each entry turns C arguments into one call and exceptions into a status.

#include <arrow/util/thread_pool.h>

#include "ArrowStatus.h"
#include "ArrowTable.h"
#include "CData.h"
#include "CellColumn.h"
#include "Guard.h"
#include "Inflater.h"
#include "JsonLines.h"
#include "RowGather.h"
#include "TableReader.h"
#include "TableScanner.h"
#include "TableWriter.h"
#include "TextStream.h"

using anneal::guarded;

namespace {

const char *errorText() { return anneal::lastError().c_str(); }

int32_t setThreads(int32_t threads) {
  return guarded([&] { anneal::check(arrow::SetCpuThreadPoolCapacity(threads)); });
}

int32_t streamOpen(const char *path, AnnealDataStream **out) {
  return guarded([&] { *out = new AnnealDataStream(path); });
}

int32_t streamRead(AnnealDataStream *stream, uint8_t *buffer, int64_t capacity, int64_t *count) {
  return guarded([&] { *count = stream->read(buffer, capacity); });
}

void streamClose(AnnealDataStream *stream) {
  guarded([&] { delete stream; });
}

int32_t writerOpen(
    const char *path, const AnnealDataColumn *columns, int32_t count, AnnealDataWriter **out) {
  return guarded([&] { *out = new AnnealDataWriter(path, ANNEAL_DATA_ARROW, columns, count); });
}

int32_t writerAppend(AnnealDataWriter *writer, int64_t rows, const void *const *columns) {
  return guarded([&] { writer->append(rows, columns); });
}

int32_t writerFinish(AnnealDataWriter *writer) {
  return guarded([&] { writer->finish(); });
}

void writerClose(AnnealDataWriter *writer) {
  guarded([&] { delete writer; });
}

int32_t readerOpen(const char *path, AnnealDataReader **out) {
  return guarded([&] { *out = new AnnealDataReader(path); });
}

int32_t readerColumnCount(const AnnealDataReader *reader, int32_t *count) {
  return guarded([&] { *count = reader->columnCount(); });
}

int32_t readerColumn(const AnnealDataReader *reader, int32_t index, AnnealDataColumn *column) {
  return guarded([&] { *column = reader->column(index); });
}

int32_t readerBatchCount(const AnnealDataReader *reader, int32_t *count) {
  return guarded([&] { *count = reader->batchCount(); });
}

int32_t readerBatch(const AnnealDataReader *reader, int32_t batch, AnnealDataRun *runs) {
  return guarded([&] { reader->batch(batch, runs); });
}

void readerClose(AnnealDataReader *reader) {
  guarded([&] { delete reader; });
}

int32_t inflaterOpen(
    const char *path, int64_t offset, int64_t packed, int64_t size, uint32_t crc,
    AnnealDataInflater **out) {
  return guarded([&] { *out = new AnnealDataInflater(path, offset, packed, size, crc); });
}

int32_t inflaterRead(
    AnnealDataInflater *inflater, uint8_t *buffer, int64_t capacity, int64_t *count) {
  return guarded([&] { *count = inflater->read(buffer, capacity); });
}

void inflaterClose(AnnealDataInflater *inflater) {
  guarded([&] { delete inflater; });
}

int32_t scannerOpen(
    const AnnealDataRowFormat *format, const AnnealDataCellRequest *requests, int32_t count,
    const AnnealDataMissing *missing, AnnealDataRead read, void *context,
    AnnealDataScanner **out) {
  return guarded([&] {
    *out = new AnnealDataScanner(*format, anneal::requestsOf(requests, count, *missing),
                                 [=](uint8_t *buffer, int64_t capacity) {
                                   return read(context, buffer, capacity);
                                 });
  });
}

int32_t scannerNext(AnnealDataScanner *scanner, AnnealDataBatch **out) {
  return guarded([&] { *out = scanner->next().release(); });
}

void scannerClose(AnnealDataScanner *scanner) {
  guarded([&] { delete scanner; });
}

int32_t batchRows(const AnnealDataBatch *batch, AnnealDataRows *rows) {
  return guarded([&] { *rows = batch->view(); });
}

int32_t batchCells(const AnnealDataBatch *batch, int32_t index, AnnealDataCells *cells) {
  return guarded([&] { *cells = batch->columns.at(static_cast<size_t>(index)).view(); });
}

void batchClose(AnnealDataBatch *batch) {
  guarded([&] { delete batch; });
}

int32_t cellsRead(
    const AnnealDataCellRequest *request, const AnnealDataMissing *missing, int64_t rows,
    const uint8_t *bytes, const int64_t *ends, const uint8_t *isRow, AnnealDataBatch **out) {
  return guarded([&] {
    *out = anneal::batchOf(anneal::requestsOf(request, 1, *missing), rows, bytes, ends, isRow)
               .release();
  });
}

int32_t numbersDescribe(const double *numbers, int64_t count, AnnealDataCellFacts *facts) {
  return guarded([&] { anneal::describe(numbers, count, *facts); });
}

int32_t numbersEncode(
    const double *const *columns, int32_t width, const int64_t *rows, int64_t count, float *out,
    AnnealDataRounding *roundings) {
  return guarded([&] { anneal::encode(columns, width, rows, count, out, roundings); });
}

int32_t tableOpen(const char *path, int32_t format, AnnealDataTable **out) {
  return guarded([&] { *out = new AnnealDataTable(path, format); });
}

int32_t tableSize(const AnnealDataTable *table, int32_t *columns, int64_t *rows) {
  return guarded([&] {
    *columns = static_cast<int32_t>(table->leaves.size());
    *rows = table->rows;
  });
}

int32_t tableLeaf(const AnnealDataTable *table, int32_t index, AnnealDataLeaf *leaf) {
  return guarded([&] {
    const auto &own = table->leaves.at(static_cast<size_t>(index));
    *leaf = {own.name.c_str(), own.type.c_str(), own.kind};
  });
}

void tableClose(AnnealDataTable *table) {
  guarded([&] { delete table; });
}

int32_t scanOpen(
    const AnnealDataTable *table, const AnnealDataCellRequest *requests, int32_t count,
    const AnnealDataMissing *missing, AnnealDataTableScan **out) {
  return guarded([&] {
    *out = new AnnealDataTableScan(*table, anneal::requestsOf(requests, count, *missing));
  });
}

int32_t scanNext(AnnealDataTableScan *scan, AnnealDataBatch **out) {
  return guarded([&] { *out = scan->next().release(); });
}

void scanClose(AnnealDataTableScan *scan) {
  guarded([&] { delete scan; });
}

int32_t jsonOpen(const char *path, int64_t most, const char *labels, AnnealDataJsonKeys **out) {
  return guarded(
      [&] { *out = new AnnealDataJsonKeys(path, most, labels == nullptr ? "" : labels); });
}

int32_t jsonSize(
    const AnnealDataJsonKeys *keys, int32_t *columns, int32_t *isComplete, int32_t *hasLabels) {
  return guarded([&] {
    *hasLabels = keys->columns.hasLabels;
    *columns = static_cast<int32_t>(keys->columns.names.size());
    *isComplete = keys->isComplete;
  });
}

int32_t jsonName(const AnnealDataJsonKeys *keys, int32_t index, const char **name) {
  return guarded([&] { *name = keys->columns.names.at(static_cast<size_t>(index)).c_str(); });
}

int32_t jsonAdd(AnnealDataJsonKeys *keys, const char *name) {
  return guarded([&] { keys->columns.add(name); });
}

void jsonClose(AnnealDataJsonKeys *keys) {
  guarded([&] { delete keys; });
}

int32_t jsonScanOpen(
    const char *path, const AnnealDataJsonKeys *keys, const AnnealDataCellRequest *requests,
    int32_t count, const AnnealDataMissing *missing, AnnealDataJsonScan **out) {
  return guarded([&] {
    *out = new AnnealDataJsonScan(path, *keys, anneal::requestsOf(requests, count, *missing));
  });
}

int32_t jsonScanNext(AnnealDataJsonScan *scan, AnnealDataBatch **out) {
  return guarded([&] { *out = scan->next().release(); });
}

void jsonScanClose(AnnealDataJsonScan *scan) {
  guarded([&] { delete scan; });
}

int32_t writerTexts(
    AnnealDataWriter *writer, int32_t column, int32_t count, const int32_t *offsets,
    const uint8_t *bytes) {
  return guarded([&] { writer->texts(column, count, offsets, bytes); });
}

int32_t writerNote(AnnealDataWriter *writer, int32_t column, const char *key, const char *value) {
  return guarded([&] { writer->note(column, key, value); });
}

int32_t writerIsFinite(const AnnealDataWriter *writer, int32_t *finite) {
  return guarded([&] { *finite = writer->isFinite(); });
}

int32_t readerTexts(
    const AnnealDataReader *reader, int32_t column, int32_t *count, const int32_t **offsets,
    const uint8_t **bytes) {
  return guarded([&] { *count = reader->texts(column, offsets, bytes); });
}

int32_t rowsGather(
    const AnnealDataRun *runs, int32_t runCount, int32_t type, int64_t width,
    const int64_t *positions, int64_t first, int64_t count, void *out) {
  return guarded([&] {
    anneal::gather({runs, runCount, type, width}, positions, first, count, out);
  });
}

int32_t rowsAdvise(
    const AnnealDataRun *runs, int32_t runCount, int32_t type, int64_t width, int64_t first,
    int64_t count, int32_t advice) {
  return guarded([&] { anneal::advise({runs, runCount, type, width}, first, count, advice); });
}

int32_t writerOpenAs(
    const char *path, int32_t format, const AnnealDataColumn *columns, int32_t count,
    AnnealDataWriter **out) {
  return guarded([&] { *out = new AnnealDataWriter(path, format, columns, count); });
}

constexpr AnnealDataFunctions functions = {
    .abi = ANNEAL_DATA_ABI,
    .last_error = errorText,
    .set_threads = setThreads,
    .stream_open = streamOpen,
    .stream_read = streamRead,
    .stream_close = streamClose,
    .writer_open = writerOpen,
    .writer_append = writerAppend,
    .writer_finish = writerFinish,
    .writer_close = writerClose,
    .reader_open = readerOpen,
    .reader_column_count = readerColumnCount,
    .reader_column = readerColumn,
    .reader_batch_count = readerBatchCount,
    .reader_batch = readerBatch,
    .reader_close = readerClose,
    .inflater_open = inflaterOpen,
    .inflater_read = inflaterRead,
    .inflater_close = inflaterClose,
    .scanner_open = scannerOpen,
    .scanner_next = scannerNext,
    .scanner_close = scannerClose,
    .batch_rows = batchRows,
    .batch_cells = batchCells,
    .batch_close = batchClose,
    .cells_read = cellsRead,
    .numbers_describe = numbersDescribe,
    .numbers_encode = numbersEncode,
    .table_open = tableOpen,
    .table_size = tableSize,
    .table_leaf = tableLeaf,
    .table_close = tableClose,
    .scan_open = scanOpen,
    .scan_next = scanNext,
    .scan_close = scanClose,
    .json_open = jsonOpen,
    .json_size = jsonSize,
    .json_name = jsonName,
    .json_add = jsonAdd,
    .json_close = jsonClose,
    .json_scan_open = jsonScanOpen,
    .json_scan_next = jsonScanNext,
    .json_scan_close = jsonScanClose,
    .writer_texts = writerTexts,
    .writer_note = writerNote,
    .writer_is_finite = writerIsFinite,
    .reader_texts = readerTexts,
    .rows_gather = rowsGather,
    .rows_advise = rowsAdvise,
    .writer_open_as = writerOpenAs,
};

}  // namespace

extern "C" __attribute__((visibility("default"))) const AnnealDataFunctions *
anneal_data_functions() {
  return &functions;
}
