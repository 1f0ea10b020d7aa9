#include "cdata.h"

#include <csv.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

constexpr unsigned block_size = 1 << 18;

void *grow_cell(void *old, size_t size) { return size > cdata_longest_cell ? nullptr : std::realloc(old, size); }

}  // namespace

struct cdata_table {
  gzFile file = nullptr;
  std::string message;

  std::unique_ptr<char[]> block{new char[block_size]};
  size_t block_length = 0;
  size_t blocks_read = 0;
  bool block_is_parsed = true;
  bool is_finished = false;

  csv_parser parser;
  // Cells lie side by side in `text`. What follows the last whole row belongs to the next block.
  std::vector<char> text;
  std::vector<size_t> cell_ends;
  std::vector<size_t> row_ends;
  std::vector<size_t> row_lines;
  size_t line = 1;
  size_t row_line = 1;
  int last_newline = 0;
  bool out_of_memory = false;

  cdata_table() { csv_init(&parser, 0); }
  ~cdata_table() {
    csv_free(&parser);
    if (file) gzclose(file);
  }

  size_t cell_start(size_t cell) const { return cell == 0 ? 0 : cell_ends[cell - 1]; }
  size_t first_cell(size_t row) const { return row == 0 ? 0 : row_ends[row - 1]; }

  void start(char separator) {
    csv_free(&parser);
    csv_init(&parser, CSV_REPALL_NL);
    csv_set_delim(&parser, static_cast<unsigned char>(separator));
    csv_set_realloc_func(&parser, grow_cell);
    csv_set_blk_size(&parser, 1 << 16);
    text.clear();
    cell_ends.clear();
    row_ends.clear();
    row_lines.clear();
    line = row_line = 1;
    last_newline = 0;
    is_finished = out_of_memory = false;
  }

  void add_cell(const char *bytes, size_t length) {
    if (length) text.insert(text.end(), bytes, bytes + length);
    cell_ends.push_back(text.size());
  }

  // libcsv reports every end of line outside quotes, those of blank lines and both halves of CR LF too.
  void end_line(int newline) {
    const size_t first = first_cell(row_ends.size());
    if (cell_ends.size() > first) {
      row_ends.push_back(cell_ends.size());
      row_lines.push_back(row_line);
      line += 1 + newlines(cell_start(first));
    } else if (!(newline == '\n' && last_newline == '\r')) {
      line += 1;
    }
    row_line = line;
    last_newline = newline;
  }

  size_t newlines(size_t start) const {
    size_t count = 0;
    const char *at = text.data() + start, *const end = text.data() + text.size();
    while (at != end && (at = static_cast<const char *>(std::memchr(at, '\n', end - at)))) ++count, ++at;
    return count;
  }

  void forget_rows() {
    const size_t cells = first_cell(row_ends.size()), start = cell_start(cells);
    text.erase(text.begin(), text.begin() + start);
    cell_ends.erase(cell_ends.begin(), cell_ends.begin() + cells);
    for (size_t &end : cell_ends) end -= start;
    row_ends.clear();
    row_lines.clear();
  }

  cdata_status read_block() {
    const int count = gzread(file, block.get(), block_size);
    int code = Z_OK;
    std::string reason = gzerror(file, &code);
    if (count < 0 || code == Z_ERRNO || code == Z_BUF_ERROR || code == Z_DATA_ERROR) {
      // zlib says "<file>: reason".
      const size_t colon = reason.find(": ");
      if (colon != std::string::npos) reason.erase(0, colon + 2);
      message = (code == Z_ERRNO ? "" : "the compressed data are damaged, ") + reason;
      return cdata_unreadable;
    }
    block_length = static_cast<size_t>(count);
    block_is_parsed = false;
    ++blocks_read;
    return cdata_ok;
  }

  cdata_status parse_block() {
    block_is_parsed = true;
    if (block_length == 0) return finish();
    const char *bytes = block.get(), *const end = bytes + block_length;
    if (blocks_read == 1 && block_length >= 3 && std::memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3;
    const char *const zero = static_cast<const char *>(std::memchr(bytes, 0, end - bytes));
    const size_t length = (zero ? zero : end) - bytes;
    if (csv_parse(&parser, bytes, length, on_cell, on_row, this) != length || out_of_memory) return cdata_no_memory;
    return zero ? cdata_zero_byte : cdata_ok;
  }

  cdata_status finish() {
    is_finished = true;
    // Quotes inside a cell are taken as they are; one that never closes would have swallowed the rest of the file.
    csv_set_opts(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&parser, on_cell, on_row, this) != 0) return cdata_open_quote;
    return out_of_memory ? cdata_no_memory : cdata_ok;
  }

  static void on_cell(void *bytes, size_t length, void *self) {
    const auto table = static_cast<cdata_table *>(self);
    try {
      table->add_cell(static_cast<const char *>(bytes), length);
    } catch (...) {
      table->out_of_memory = true;
    }
  }

  static void on_row(int newline, void *self) {
    const auto table = static_cast<cdata_table *>(self);
    try {
      table->end_line(newline);
    } catch (...) {
      table->out_of_memory = true;
    }
  }
};

cdata_table *cdata_open(int descriptor) {
  try {
    auto table = std::make_unique<cdata_table>();
    table->file = gzdopen(descriptor, "rb");
    if (!table->file) return nullptr;
    gzbuffer(table->file, block_size);
    table->start(',');
    return table.release();
  } catch (...) {
    return nullptr;
  }
}

cdata_table *cdata_open_memory(const void *bytes, size_t length) {
  const int file = memfd_create("table", MFD_CLOEXEC);
  if (file < 0) return nullptr;
  cdata_table *table = nullptr;
  if (write(file, bytes, length) == static_cast<ssize_t>(length) && lseek(file, 0, SEEK_SET) == 0) {
    table = cdata_open(file);
  }
  if (!table) close(file);
  return table;
}

void cdata_close(cdata_table *table) { delete table; }

cdata_status cdata_start(cdata_table *table, char separator) {
  table->start(separator);
  if (table->blocks_read > 1) {
    if (gzrewind(table->file) != 0) return cdata_not_seekable;
    table->blocks_read = 0;
  }
  table->block_is_parsed = table->blocks_read == 0;
  return cdata_ok;
}

cdata_status cdata_next_block(cdata_table *table) {
  try {
    table->forget_rows();
    while (table->row_ends.empty()) {
      if (table->is_finished) return cdata_end;
      if (table->block_is_parsed) {
        if (const cdata_status status = table->read_block(); status != cdata_ok) return status;
      }
      if (const cdata_status status = table->parse_block(); status != cdata_ok) return status;
    }
    return cdata_ok;
  } catch (...) {
    return cdata_no_memory;
  }
}

size_t cdata_rows(const cdata_table *table) { return table->row_ends.size(); }

size_t cdata_first_cell(const cdata_table *table, size_t row) { return table->first_cell(row); }

size_t cdata_row_line(const cdata_table *table, size_t row) { return table->row_lines[row]; }

const char *cdata_cell(const cdata_table *table, size_t cell, size_t *length) {
  const size_t start = table->cell_start(cell);
  *length = table->cell_ends[cell] - start;
  return table->text.data() + start;
}

size_t cdata_numbers(const cdata_table *table, size_t first, size_t stride, size_t count, double *out) {
  for (size_t i = 0; i < count; ++i) {
    size_t length;
    const char *const text = cdata_cell(table, first + i * stride, &length);
    if (!cdata_parse_number(text, length, out + i)) return i;
  }
  return count;
}

size_t cdata_line(const cdata_table *table) { return table->row_line; }

const char *cdata_message(const cdata_table *table) { return table->message.c_str(); }

bool cdata_parse_number(const char *text, size_t length, double *out) {
  const char *const end = text + length;
  if (length > 1 && *text == '+' && text[1] != '-') ++text;
  const auto [rest, error] = std::from_chars(text, end, *out);
  if (rest != end) return false;
  if (error != std::errc::result_out_of_range) return error == std::errc();
  try {
    *out = std::strtod(std::string(text, end).c_str(), nullptr);
    return true;
  } catch (...) {
    return false;
  }
}
