#pragma once

#include <stdbool.h>
#include <stddef.h>

// Text tables, block by block: bytes through zlib (gzip or plain), cells through libcsv, numbers through std::from_chars.
// Nothing here throws. Cells and rows are numbered from 0, lines from 1.

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdata_table cdata_table;

typedef enum {
  cdata_ok,
  cdata_end,           // no rows are left
  cdata_unreadable,    // cdata_message says why
  cdata_zero_byte,     // in the line cdata_line
  cdata_open_quote,    // in the row that begins in line cdata_line
  cdata_no_memory,     // or a cell beyond cdata_longest_cell
  cdata_not_seekable,  // a pipe cannot be read twice
} cdata_status;

enum { cdata_longest_cell = 1 << 28 };

/// A table of the bytes of `file`, a descriptor that the table closes; NULL where there is no memory.
cdata_table *cdata_open(int file);
/// A table of a copy of `bytes`.
cdata_table *cdata_open_memory(const void *bytes, size_t length);
void cdata_close(cdata_table *table);

/// Starts at the first byte, with this separator. Call it before the first block; again costs a rewind only where more
/// than one block was read.
cdata_status cdata_start(cdata_table *table, char separator);

/// Reads the next block, of at least one whole row. All else that is here is of the current block, and may meanwhile be
/// called from other threads.
cdata_status cdata_read_next(cdata_table *table);
/// Makes the block that was read the current one.
void cdata_go_on(cdata_table *table);

/// How many rows there are if the rest of the file is like this block; 0 where nobody knows.
size_t cdata_expected_rows(const cdata_table *table);

/// Its rows, the first cell of row 0 ≤ r ≤ rows (the last one past the end), and the line that row begins in.
size_t cdata_rows(const cdata_table *table);
size_t cdata_first_cell(const cdata_table *table, size_t row);
size_t cdata_row_line(const cdata_table *table, size_t row);
/// The bytes of a cell, without quotes and surrounding blanks; valid until the next block.
const char *cdata_cell(const cdata_table *table, size_t cell, size_t *length);

/// out[i] = the number in cell `first + i·stride`, for i = 0… until a cell is no number or `count` are done → how many were.
size_t cdata_numbers(const cdata_table *table, size_t first, size_t stride, size_t count, double *out);

/// Where the last status arose.
size_t cdata_line(const cdata_table *table);
const char *cdata_message(const cdata_table *table);

/// The double nearest to the decimal number that `text` holds, and nothing but that: as C writes it, `+`, inf and nan
/// included; beyond the range of doubles, infinity or zero.
bool cdata_parse_number(const char *text, size_t length, double *out);

#ifdef __cplusplus
}
#endif
