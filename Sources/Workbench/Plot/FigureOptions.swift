import Kernels
import Lua
import Plotting

/// What is said of a figure as a whole.
enum FigureOptions {
  static let title = Parameter("title", .string, default: "", "above everything")
  static let xlabel = Parameter("xlabel", .string, default: "", "what x is")
  static let ylabel = Parameter("ylabel", .string, default: "", "what y is")
  static let zlabel = Parameter("zlabel", .string, default: "", "what z is, in space")
  static let xlim = Parameter("xlim", optional: Kind<Range2>.range, otherwise: "as the layers want", "the ends of x")
  static let ylim = Parameter("ylim", optional: Kind<Range2>.range, otherwise: "as the layers want", "the ends of y")
  static let zlim = Parameter("zlim", optional: Kind<Range2>.range, otherwise: "as the layers want", "the ends of z")
  static let log = Parameter("log", optional: Kind<LogAxes>.choice, otherwise: "none", "which axes are logarithmic")
  static let aspect = Parameter(
    "aspect", Kind<Aspect>.choice, default: .auto, "equal: a unit of y is as long as one of x")
  static let legend = Parameter("legend", Kind<Figure.Legend>.choice, default: .above, "where the labels of layers are")
  static let size = Parameter(
    "size", optional: Kind<PixelSize>.pixels, otherwise: "{720, 480}",
    "{width, height}, in pixels of a screen; a png has twice as many")

  static let all: [any AnyParameter] = [
    title, xlabel, ylabel, zlabel, xlim, ylim, zlim, log, aspect, legend, size,
  ]

  enum LogAxes: String, CaseIterable, Sendable { case x, y, xy }
  enum Aspect: String, CaseIterable, Sendable { case auto, equal }

  static func figure(_ options: Options) throws -> Figure {
    var figure = Figure()
    figure.title = options[title]
    (figure.x.label, figure.y.label, figure.z.label) = (options[xlabel], options[ylabel], options[zlabel])
    figure.x.limits = options[xlim].map { ($0.low, $0.high) }
    figure.y.limits = options[ylim].map { ($0.low, $0.high) }
    figure.z.limits = options[zlim].map { ($0.low, $0.high) }
    let logarithmic = options[log]?.rawValue ?? ""
    (figure.x.isLogarithmic, figure.y.isLogarithmic) = (logarithmic.contains("x"), logarithmic.contains("y"))
    for (name, axis) in [("xlim", figure.x), ("ylim", figure.y)] where axis.isLogarithmic && axis.limits?.low ?? 1 <= 0
    {
      throw ArgumentError(name, mustBe: "positive on a logarithmic axis", got: text(axis.limits?.low ?? 0))
    }
    figure.isEqualAspect = options[aspect] == .equal
    figure.legend = options[legend]
    if let size = options[size] { figure.size = (size.width, size.height) }
    return figure
  }
}

/// Of a picture on a screen.
struct PixelSize: Sendable {
  let width, height: Int
}

extension Kind where Value == PixelSize {
  static var pixels: Kind {
    let side = Kind<Int>.integer(100...4000)
    return Kind("{width, height}, integers from 100 to 4000", type: "integer[]") { call, slot throws -> PixelSize? in
      guard let sides = try? Kind<[Int]>.list(of: side).read(call, slot), sides.count == 2 else { return nil }
      return PixelSize(width: sides[0], height: sides[1])
    }
  }
}
