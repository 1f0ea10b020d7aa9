import CBlas

// BLAS and LAPACK choose their code by the CPU: what comes from them may differ in the last bits from one machine to
// another, though never with the number of threads.
enum Blas {
  /// Calls one function of the shim; returns what it found wrong with the numbers, or 0.
  static func call(_ function: () -> Int32) throws(Failure) -> Int {
    let status = Int(function())
    switch status {
    case blas_missing: throw Failure(.argument, "OpenBLAS is not installed (on Debian: apt install libopenblas0)")
    case blas_memory: throw Failure(.memory, "not enough memory for work space")
    case blas_size: throw Failure(.argument, "the matrix is too large for LAPACK")
    default: return status
    }
  }
}
