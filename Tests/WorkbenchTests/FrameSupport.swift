import Glibc
import Kernels
import Testing
import Workbench

func read(_ text: String, _ options: FrameReader.Options = .init()) throws -> Frame {
  try read(bytes: Array(text.utf8), options)
}

func read(bytes: [UInt8], _ options: FrameReader.Options = .init()) throws -> Frame {
  try withFile(bytes) { try FrameReader.read($0, options) }
}

/// What reading these bytes ends in, as if their file were called `data.csv`.
func failure(reading bytes: some Sequence<UInt8>, _ options: FrameReader.Options = .init()) -> Failure? {
  try? withFile(Array(bytes)) { path in
    do throws(Failure) {
      _ = try FrameReader.read(path, options)
      return nil
    } catch {
      return Failure(error.kind, error.message.replacing(path, with: "data.csv"))
    }
  }
}

/// Calls `body` with the path of a file that is there for so long.
func withFile<R>(_ bytes: [UInt8] = [], _ body: (String) throws -> R) throws -> R {
  var template = Array("/tmp/perigee-test-XXXXXX".utf8) + [0]
  let descriptor = template.withUnsafeMutableBytes { mkstemp($0.baseAddress!) }
  let path = String(decoding: template.dropLast(), as: UTF8.self)
  defer { unlink(path) }
  #expect(write(descriptor, bytes, bytes.count) == bytes.count && close(descriptor) == 0)
  return try body(path)
}

func contents(_ path: String) throws -> [UInt8] {
  let file = try #require(fopen(path, "re"))
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
  return bytes
}

func numbers(_ frame: Frame, _ name: String) throws -> [Double] {
  guard case .numbers(let vector) = try frame.column(name) else { throw WrongColumn() }
  return vector.array
}

func factor(_ frame: Frame, _ name: String) throws -> Factor {
  guard case .factor(let factor) = try frame.column(name) else { throw WrongColumn() }
  return factor
}

func texts(_ frame: Frame, _ name: String) throws -> [String?] {
  let factor = try factor(frame, name)
  return (0..<factor.count).map { factor[$0] }
}

/// A column as text, whatever it is of.
func cells(_ frame: Frame, _ name: String) throws -> [String?] {
  switch try frame.column(name) {
  case .numbers(let vector): vector.array.map { "\($0)" }
  case .factor(let factor): (0..<factor.count).map { factor[$0] }
  }
}

struct WrongColumn: Error {}

/// Steele, Lea & Flood's generator (2014), for inputs that have to be the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
