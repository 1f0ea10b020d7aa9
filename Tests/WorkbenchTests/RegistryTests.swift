import Lua
import Testing
import Workbench

/// Every function is declared whole, and its example runs.
@Suite struct RegistryTests {
  private static let documented = API.perigee.functions.filter(\.isDocumented)

  @Test(arguments: documented.map(\.name))
  func exampleRuns(name: String) throws {
    let function = try #require(API.perigee.functions.first { $0.name == name && $0.isDocumented })
    try Session.open { session in _ = try session.run(.text(function.example, name: "=\(name)")) }
  }

  @Test func everyFunctionIsDocumented() {
    for module in API.perigee.modules {
      #expect(!module.summary.isEmpty)
      for function in module.functions { #expect(function.isDocumented, "\(function.name) has no example") }
    }
    for type in API.perigee.types {
      #expect(!type.summary.isEmpty)
      for method in type.methods { #expect(method.isDocumented, "\(method.name) has no example") }
    }
    for function in API.perigee.functions {
      #expect(!function.summary.isEmpty && function.summary.hasSuffix("."), "\(function.name)")
      #expect(!function.result.isEmpty, "\(function.name)")
      for parameter in function.parameters + function.parameters.flatMap(\.options) {
        #expect(!parameter.summary.isEmpty && !parameter.type.isEmpty, "\(function.name): \(parameter.name)")
      }
    }
  }

  @Test func namesAreUnique() {
    let names = API.perigee.functions.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func pagesFitTheScreen() throws {
    let reference = Reference(.perigee)
    for name in reference.names {
      let page = try #require(reference.page(named: name))
      let longest = page.split(separator: "\n").map(\.count).max() ?? 0
      #expect(longest <= 80, "help \"\(name)\": \(page)")
    }
  }
}
