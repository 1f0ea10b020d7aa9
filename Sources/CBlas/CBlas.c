#include "cblas_shim.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// The Fortran interface: everything by address, and the length of every character argument at the end.
typedef const int32_t *integer;
typedef const char *character;
typedef size_t length;

static struct {
  void (*dgemm)(character, character, integer, integer, integer, const double *, const double *, integer, const double *,
                integer, const double *, double *, integer, length, length);
  void (*dgetrf)(integer, integer, double *, integer, int32_t *, int32_t *);
  void (*dgecon)(character, integer, const double *, integer, const double *, double *, double *, int32_t *, int32_t *,
                 length);
  void (*dgetrs)(character, integer, integer, const double *, integer, const int32_t *, double *, integer, int32_t *,
                 length);
  void (*dsyevd)(character, character, integer, double *, integer, double *, double *, integer, int32_t *, integer,
                 int32_t *, length, length);
  void (*dgesdd)(character, integer, integer, double *, integer, double *, double *, integer, double *, integer, double *,
                 integer, int32_t *, int32_t *, length);
} blas;
static int status;

static void load(void) {
  static const struct { const char *name; void *slot; } functions[] = {
      {"dgemm_", &blas.dgemm},   {"dgetrf_", &blas.dgetrf}, {"dgecon_", &blas.dgecon}, {"dgetrs_", &blas.dgetrs},
      {"dsyevd_", &blas.dsyevd}, {"dgesdd_", &blas.dgesdd},
  };
  status = blas_missing;
  void *library = dlopen("libopenblas.so.0", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    void *function = dlsym(library, functions[i].name);
    if (!function) return;
    *(void **)functions[i].slot = function;
  }
  void (*set_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  if (!set_threads) return;
  set_threads(1);
  status = 0;
}

static int ready(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return status;
}

static int fits(int64_t n) { return n >= 0 && n <= INT32_MAX; }

// LAPACK wants leading dimensions of 1 at least.
static int32_t leading(int64_t rows) { return rows > 0 ? (int32_t)rows : 1; }

int blas_multiply(int64_t m, int64_t n, int64_t k, const double *a, int64_t lda, const double *b, int64_t ldb, double *c,
                  int64_t ldc) {
  if (!fits(m) || !fits(n) || !fits(k) || !fits(lda) || !fits(ldb) || !fits(ldc)) return blas_size;
  if (ready()) return status;
  int32_t mm = (int32_t)m, nn = (int32_t)n, kk = (int32_t)k, la = leading(lda), lb = leading(ldb), lc = leading(ldc);
  double one = 1, zero = 0;
  blas.dgemm("N", "N", &mm, &nn, &kk, &one, a, &la, b, &lb, &zero, c, &lc, 1, 1);
  return 0;
}

int blas_lu(int64_t n, double *a, int32_t *pivots) {
  if (!fits(n)) return blas_size;
  if (ready()) return status;
  int32_t nn = (int32_t)n, ld = leading(n), info;
  blas.dgetrf(&nn, &nn, a, &ld, pivots, &info);
  return info;
}

int blas_lu_condition(int64_t n, const double *lu, double norm, double *reciprocal) {
  if (!fits(n)) return blas_size;
  if (ready()) return status;
  double *work = malloc(4 * (size_t)n * sizeof *work);
  int32_t *integers = malloc((size_t)n * sizeof *integers);
  int32_t nn = (int32_t)n, ld = leading(n), info = blas_memory;
  if (work && integers) blas.dgecon("1", &nn, lu, &ld, &norm, reciprocal, work, integers, &info, 1);
  free(work);
  free(integers);
  return info;
}

int blas_lu_solve(int64_t n, int64_t m, const double *lu, const int32_t *pivots, double *b) {
  if (!fits(n) || !fits(m)) return blas_size;
  if (ready()) return status;
  int32_t nn = (int32_t)n, mm = (int32_t)m, ld = leading(n), info;
  blas.dgetrs("N", &nn, &mm, lu, &ld, pivots, b, &ld, &info, 1);
  return info;
}

int blas_eigen(int64_t n, double *a, double *values, double *work, int64_t count) {
  if (!fits(n) || !fits(count)) return blas_size;
  if (ready()) return status;
  int64_t integers = 3 + 5 * n;
  int32_t *iwork = fits(integers) ? malloc((size_t)integers * sizeof *iwork) : NULL;
  int32_t nn = (int32_t)n, ld = leading(n), lwork = (int32_t)count, liwork = (int32_t)integers, info = blas_memory;
  if (iwork) blas.dsyevd("V", "L", &nn, a, &ld, values, work, &lwork, iwork, &liwork, &info, 1, 1);
  free(iwork);
  return info;
}

int blas_svd(int64_t m, int64_t n, double *a, double *s, double *u, double *vt, double *work, int64_t count) {
  int64_t r = m < n ? m : n;
  if (!fits(m) || !fits(n) || !fits(count)) return blas_size;
  if (ready()) return status;
  int32_t *iwork = malloc(8 * (size_t)r * sizeof *iwork);
  int32_t mm = (int32_t)m, nn = (int32_t)n, ld = leading(m), ldvt = leading(r), lwork = (int32_t)count, info = blas_memory;
  if (iwork) blas.dgesdd("S", &mm, &nn, a, &ld, s, u, &ld, vt, &ldvt, work, &lwork, iwork, &info, 1);
  free(iwork);
  return info;
}
