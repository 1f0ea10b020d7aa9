// Elements picked, in a new vector. Messages count from 1, as users do.
extension Vector {
  /// The elements beside which `mask` is not 0. Throws `.shape` for a mask of another length.
  package func `where`(_ mask: Vector) throws(Failure) -> Vector {
    guard mask.count == count else {
      throw Failure(.shape, "the shapes differ: vector of \(count) and mask of \(mask.count)")
    }
    let result = try Vector(uninitialized: try mask.nonzeros())
    var kept = 0
    try withValues { x throws(Failure) in
      try mask.withValues { mask throws(Failure) in
        try result.withValues { out throws(Failure) in
          try Vector.eachChunk(count) { chunk in
            for i in chunk where mask[i] != 0 {
              out[kept] = x[i]
              kept += 1
            }
          }
        }
      }
    }
    return result
  }

  /// The elements at `indices`, from 0, in their order. Throws `.argument` for an index outside.
  package func take(_ indices: [Int]) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: indices.count)
    try Parallel.forEach(indices.count, chunk: Vector.chunk) { chunk throws(Failure) in
      for k in chunk {
        let i = indices[k]
        guard i >= 0, i < count else { throw Failure(.argument, "index \(i + 1) is outside 1..\(count)") }
        result[k] = self[i]
      }
    }
    return result
  }

  /// The elements in a range of indices within the vector.
  package func slice(_ range: Range<Int>) throws(Failure) -> Vector {
    try Vector(storage, offset: offset + range.lowerBound, count: range.count).copy()
  }

  package func reversed() throws(Failure) -> Vector {
    let result = try Vector(uninitialized: count)
    try Parallel.forEach(count, chunk: Vector.chunk) { chunk in
      for i in chunk { result[i] = self[count - 1 - i] }
    }
    return result
  }

  /// All elements of all vectors, one vector after the other.
  package static func concatenated(_ vectors: [Vector]) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: vectors.reduce(0) { $0 + $1.count })
    var filled = 0
    for vector in vectors {
      vector.write(to: result, from: filled)
      filled += vector.count
    }
    return result
  }
}
