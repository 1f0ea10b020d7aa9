#include "cdata.h"

#include <csv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

constexpr unsigned block_size = 1 << 19;

void *grow_cell(void *old, size_t size) { return size > cdata_longest_cell ? nullptr : std::realloc(old, size); }

// Whole rows, and what follows them, which belongs to the next block.
struct rows_of_block {
  // A stretch of `text`.
  struct cell {
    size_t start, end;
  };
  std::vector<char> text;
  std::vector<cell> cells;
  std::vector<size_t> row_ends;
  std::vector<size_t> row_lines;

  size_t first_cell(size_t row) const { return row == 0 ? 0 : row_ends[row - 1]; }
  bool at_row_start() const { return cells.size() == first_cell(row_ends.size()); }

  void clear() {
    text.clear();
    cells.clear();
    row_ends.clear();
    row_lines.clear();
  }

  void begin_with_rest_of(const rows_of_block &before) {
    clear();
    if (before.at_row_start()) return;
    cells.assign(before.cells.begin() + before.first_cell(before.row_ends.size()), before.cells.end());
    const size_t start = cells.front().start;
    text.assign(before.text.begin() + start, before.text.end());
    for (cell &c : cells) c = {c.start - start, c.end - start};
  }

  void add_cell(const char *bytes, size_t length) {
    const size_t start = text.size();
    if (length) text.insert(text.end(), bytes, bytes + length);
    cells.push_back({start, start + length});
  }
};

// The first separator or line end from `at` on; there is one before `stop`. Eight bytes at a time: subtracting 1 from each byte
// borrows into the top bit of the first that is zero (little-endian), and of none before it.
const char *cell_end(const char *at, const char *stop, char separator) {
  constexpr uint64_t ones = 0x0101010101010101, tops = ones << 7;
  const auto zeros = [](uint64_t word) { return (word - ones) & ~word & tops; };
  const uint64_t separators = ones * static_cast<unsigned char>(separator);
  for (; stop - at >= 8; at += 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    const uint64_t found = zeros(word ^ separators) | zeros(word ^ ones * '\n') | zeros(word ^ ones * '\r');
    if (found) return at + __builtin_ctzll(found) / 8;
  }
  while (*at != separator && *at != '\n' && *at != '\r') ++at;
  return at;
}

}  // namespace

struct cdata_table {
  gzFile file = nullptr;
  double file_length = 0;
  std::string message;

  std::unique_ptr<char[]> block{new char[block_size]};
  size_t block_length = 0;
  size_t blocks_read = 0;
  bool block_is_parsed = true;
  bool is_finished = false;

  csv_parser parser;
  char separator = ',';
  rows_of_block current;
  rows_of_block next;  // Being read, perhaps while others read `current`.
  size_t line = 1;
  size_t row_line = 1;
  char last_newline = 0;
  bool out_of_memory = false;

  cdata_table() { csv_init(&parser, 0); }
  ~cdata_table() {
    csv_free(&parser);
    if (file) gzclose(file);
  }

  void start(char new_separator) {
    separator = new_separator;
    csv_free(&parser);
    csv_init(&parser, CSV_REPALL_NL);
    csv_set_delim(&parser, static_cast<unsigned char>(separator));
    csv_set_realloc_func(&parser, grow_cell);
    csv_set_blk_size(&parser, 1 << 16);
    current.clear();
    next.clear();
    line = row_line = 1;
    last_newline = 0;
    is_finished = out_of_memory = false;
  }

  // Comes for every end of line outside quotes, those of blank lines and both halves of CR LF too.
  void end_line(char newline, size_t lines_in_quotes) {
    if (!next.at_row_start()) {
      next.row_ends.push_back(next.cells.size());
      next.row_lines.push_back(row_line);
      line += 1 + lines_in_quotes;
    } else if (!(newline == '\n' && last_newline == '\r')) {
      line += 1;
    }
    row_line = line;
    last_newline = newline;
  }

  size_t lines_in_row() const {
    if (next.at_row_start()) return 0;
    const size_t start = next.cells[next.first_cell(next.row_ends.size())].start;
    return std::count(next.text.begin() + start, next.text.end(), '\n');
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
    const char *const stop = zero ? zero : end;
    if (!parse(bytes, stop) || out_of_memory) return cdata_no_memory;
    return zero ? cdata_zero_byte : cdata_ok;
  }

  // Whole lines of a block without quotes need no libcsv, which takes 4 ns a byte. It gets the rest: the first line, which
  // may end a row that it has begun or be inside quotes, and the beginning of the last.
  bool parse(const char *bytes, const char *end) {
    if (std::memchr(bytes, '"', end - bytes)) return parse_quoted(bytes, end);
    const auto is_newline = [](char c) { return c == '\n' || c == '\r'; };
    const char *const head = std::find_if(bytes, end, is_newline);
    if (!parse_quoted(bytes, head == end ? end : head + 1)) return false;
    if (head == end || !next.at_row_start()) return head == end || parse_quoted(head + 1, end);
    const char *tail = end;
    while (!is_newline(tail[-1])) --tail;
    split_lines(head + 1, tail);
    return parse_quoted(tail, end);
  }

  bool parse_quoted(const char *bytes, const char *end) {
    const size_t length = end - bytes;
    return csv_parse(&parser, bytes, length, on_cell, on_row, this) == length;
  }

  // As libcsv cuts them.
  void split_lines(const char *bytes, const char *end) {
    const char delimiter = separator;
    const auto is_blank = [delimiter](char c) { return (c == ' ' || c == '\t') && c != delimiter; };
    const size_t shift = next.text.size();
    next.text.insert(next.text.end(), bytes, end);
    const char *const base = next.text.data();
    for (const char *at = base + shift, *const stop = base + next.text.size(); at != stop; ++at) {
      while (is_blank(*at)) ++at;
      const char *const start = at;
      at = cell_end(at, stop, delimiter);
      const bool ends_row = *at != delimiter;
      if (!ends_row || start != at || !next.at_row_start()) {
        const char *last = at;
        while (last != start && is_blank(last[-1])) --last;
        next.cells.push_back({static_cast<size_t>(start - base), static_cast<size_t>(last - base)});
      }
      if (ends_row) end_line(*at, 0);
    }
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
      table->next.add_cell(static_cast<const char *>(bytes), length);
    } catch (...) {
      table->out_of_memory = true;
    }
  }

  static void on_row(int newline, void *self) {
    const auto table = static_cast<cdata_table *>(self);
    try {
      table->end_line(static_cast<char>(newline), table->lines_in_row());
    } catch (...) {
      table->out_of_memory = true;
    }
  }
};

cdata_table *cdata_open(int descriptor) {
  try {
    auto table = std::make_unique<cdata_table>();
    struct stat status;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) table->file_length = status.st_size;
    table->file = gzdopen(descriptor, "rb");
    if (!table->file) return nullptr;
    // A fraction of our block, so that plain files are read into it without a copy.
    gzbuffer(table->file, block_size / 4);
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

cdata_status cdata_read_next(cdata_table *table) {
  try {
    table->next.begin_with_rest_of(table->current);
    while (table->next.row_ends.empty()) {
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

void cdata_go_on(cdata_table *table) { std::swap(table->current, table->next); }

size_t cdata_expected_rows(const cdata_table *table) {
  return table->block_length ? table->file_length / table->block_length * table->current.row_ends.size() : 0;
}

size_t cdata_rows(const cdata_table *table) { return table->current.row_ends.size(); }

size_t cdata_first_cell(const cdata_table *table, size_t row) { return table->current.first_cell(row); }

size_t cdata_row_line(const cdata_table *table, size_t row) { return table->current.row_lines[row]; }

const char *cdata_cell(const cdata_table *table, size_t cell, size_t *length) {
  const auto [start, end] = table->current.cells[cell];
  *length = end - start;
  return table->current.text.data() + start;
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
