// swift-tools-version: 6.2
import PackageDescription

// Kernels are compiled for one CPU: without a target, fused multiply-add is a call into the C library, 16 times slower.
// PERIGEE_CPU names another one (x86-64-v3, …) for builds that travel.
let cpu = Context.environment["PERIGEE_CPU"] ?? "native"

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
// The last -O wins, so that the kernels are as fast in tests as in use.
let fast: [SwiftSetting] = strict + [.unsafeFlags(["-O", "-wmo", "-num-threads", "2", "-Xcc", "-march=\(cpu)"])]
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "Perigee",
  products: [.executable(name: "perigee", targets: ["perigee"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // The C borders: Lua, LAPACK, Boost.Math, NLopt. Nothing but these names a foreign header.
    .target(name: "CLua", cSettings: strictC, linkerSettings: [.linkedLibrary("lua5.4")]),
    .target(name: "CBlas", cSettings: strictC),
    .target(name: "CBoost"),
    .target(name: "CNLopt", cSettings: strictC, linkerSettings: [.linkedLibrary("nlopt")]),
    .target(name: "CData", linkerSettings: [.linkedLibrary("csv"), .linkedLibrary("z")]),

    .target(name: "LuaSyntax", swiftSettings: strict),
    .target(name: "LineEditor", dependencies: ["LuaSyntax"], exclude: ["README.md"], swiftSettings: strict),
    .target(name: "Lua", dependencies: ["CLua"], swiftSettings: strict),
    .target(
      name: "Kernels", dependencies: ["CBlas", "CBoost", "CNLopt"], exclude: ["Random/README.md"], swiftSettings: fast),
    .target(name: "Plotting", dependencies: ["Kernels"], exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Workbench", dependencies: ["Kernels", "Lua", "LuaSyntax", "CData", "Plotting"],
      exclude: ["README.md", "Data/README.md"],
      resources: [.embedInCode("Data/faithful.csv"), .embedInCode("Data/iris.csv")],
      swiftSettings: strict),

    .executableTarget(
      name: "perigee",
      dependencies: [
        "LineEditor", "Lua", "Workbench", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "Bench", dependencies: ["Kernels", "Lua", "Workbench"], swiftSettings: strict),

    // A terminal to test against: both ends of it, and what is seen on its screen.
    .target(name: "VirtualTerminal", path: "Tests/VirtualTerminal", swiftSettings: strict),
    .testTarget(name: "LuaSyntaxTests", dependencies: ["LuaSyntax"], swiftSettings: strict),
    .testTarget(
      name: "LineEditorTests", dependencies: ["LineEditor", "LuaSyntax", "VirtualTerminal"], swiftSettings: strict),
    .testTarget(name: "LuaTests", dependencies: ["Lua", "CLua"], swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels"], resources: [.copy("Reference")], swiftSettings: strict),
    .testTarget(name: "PlottingTests", dependencies: ["Plotting", "Kernels"], swiftSettings: strict),
    .testTarget(name: "WorkbenchTests", dependencies: ["Workbench", "Lua", "Kernels"], swiftSettings: strict),
    .testTarget(
      name: "perigeeTests", dependencies: ["perigee", "Workbench", "Lua", "VirtualTerminal"], exclude: ["fuzz.lua"],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
