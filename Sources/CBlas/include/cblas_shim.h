// The few functions of BLAS and LAPACK that the kernels use. Matrices are column after column.
//
// OpenBLAS is loaded when one of them is first called: that takes 5 ms, which most scripts need not spend. It runs on the
// calling thread alone; whoever wants several calls from several threads.
#pragma once

#include <stdint.h>

enum {
  blas_missing = -1000,  // no OpenBLAS on this machine
  blas_memory = -1001,   // no memory for work space
  blas_size = -1002,     // beyond the 32-bit integers of BLAS and LAPACK
};
// Every function returns 0, one of these, or a positive number that it documents.

/// C = A·B: m × k (read), k × n (read), m × n (written), with their leading dimensions.
int blas_multiply(int64_t m, int64_t n, int64_t k, const double *a, int64_t lda, const double *b, int64_t ldb, double *c,
                  int64_t ldc);

/// P·L·U of A: n × n (read; L below and U from the diagonal on written) · pivots: n (written, from 1).
/// Returns i where U(i, i) is exactly 0.
int blas_lu(int64_t n, double *a, int32_t *pivots);

/// The reciprocal condition number in the 1-norm of the matrix that `lu` factors and whose 1-norm is `norm`.
int blas_lu_condition(int64_t n, const double *lu, double norm, double *reciprocal);

/// B ← A⁻¹·B, n × m.
int blas_lu_solve(int64_t n, int64_t m, const double *lu, const int32_t *pivots, double *b);

/// Eigenvalues of the symmetric A, ascending: n (written) · a: n × n (lower triangle read, eigenvectors written) ·
/// work: count ≥ 1 + 6n + 2n². Returns a positive number where the iteration failed.
int blas_eigen(int64_t n, double *a, double *values, double *work, int64_t count);

/// A = U·S·Vᵀ with r = min(m, n): a: m × n (destroyed) · s: r, descending · u: m × r · vt: r × n · work: count ≥ 4r² + 7r.
/// Returns a positive number where the iteration failed.
int blas_svd(int64_t m, int64_t n, double *a, double *s, double *u, double *vt, double *work, int64_t count);
