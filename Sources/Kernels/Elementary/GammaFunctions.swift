// Polynomials in t = (x − c) / (x + c), which turns the half line into an interval: c = 1 for all x ≥ 1, c = 2 around the
// zeros of log Γ and its derivative, from 1 to 4. Coefficients: Scripts/reference/polynomials.py.

/// log Γ(x) for x > 0, within 3.2 ulp over 10⁷ arguments, also near its zeros at 1 and 2; infinity at 0 and infinity, NaN below.
package func logGamma(_ x: Double) -> Double { logarithmOfGamma(x) }

/// log Γ in each lane, with the bits of the scalar function.
@inline(__always)
package func logGamma(_ x: SIMD8<Double>) -> SIMD8<Double> { logarithmOfGamma(x) }

/// ψ(x), the derivative of log Γ, for x > 0, within 2.7 ulp over 10⁷ arguments, also near its zero; −infinity at 0, infinity at infinity, NaN below.
package func digamma(_ x: Double) -> Double { derivative(x) }

/// ψ in each lane, with the bits of the scalar function.
@inline(__always)
package func digamma(_ x: SIMD8<Double>) -> SIMD8<Double> { derivative(x) }

/// ψ′(x) for x > 0, within 3.6 ulp over 10⁷ arguments; infinity at 0, 0 at infinity, NaN below.
package func trigamma(_ x: Double) -> Double { secondDerivative(x) }

/// ψ′ in each lane, with the bits of the scalar function.
@inline(__always)
package func trigamma(_ x: SIMD8<Double>) -> SIMD8<Double> { secondDerivative(x) }

/// log Γ(1 + x) for x from 0 to 1, within 4 ulp, also where 1 + x would be rounded.
package func logGammaOnePlus(_ x: Double) -> Double { x * (x - 1) * ratioOfLogarithm(1 + x) }

/// log Γ(x) − log(√(2π/x)·(x/e)ˣ) for x ≥ 1, within 4 ulp: what Stirling's formula leaves out.
package func stirlingRemainder(_ x: Double) -> Double { remainder(x) }

/// log x − ψ(x) for x ≥ 1, within 4 ulp, also for large x, where the two are nearly the same.
package func logMinusDigamma(_ x: Double) -> Double { lag(x) }

@inline(__always)
private func logarithmOfGamma<L: Lanes>(_ argument: L) -> L {
  let small = argument .< 1
  let x = argument.replacing(with: L(repeating: 1) + argument, where: small)
  // Below 1 the distances to the zeros are known better than from the rounded x.
  let first = (x - L(repeating: 1)).replacing(with: argument, where: small)
  let second = (x - L(repeating: 2)).replacing(with: argument - L(repeating: 1), where: small)
  let central = first * second * ratioOfLogarithm(x)
  let far =
    ((x - L(repeating: 0.5)) * (logarithm(x) - L(repeating: 1)))
    + (L(repeating: logRootTwoPi - 0.5) + remainder(x))
  let value = far.replacing(with: central, where: x .< 4)
  return value.replacing(with: value - logarithm(argument), where: small)
}

@inline(__always)
private func derivative<L: Lanes>(_ argument: L) -> L {
  let small = argument .< 1
  let x = argument.replacing(with: L(repeating: 1) + argument, where: small)
  // The zero of ψ as a sum of two doubles.
  let distance = (x - L(repeating: 0x1.762d86356be3fp+0)) - L(repeating: 0x1.b86a722197829p-54)
  let value = (logarithm(x) - lag(x)).replacing(with: distance * ratioOfDerivative(x), where: x .< 4)
  let shifted = value - L(repeating: 1) / argument
  return value.replacing(with: shifted, where: small).replacing(with: L(repeating: .nan), where: argument .< 0)
    .replacing(with: L(repeating: -.infinity), where: argument .== 0)
}

@inline(__always)
private func secondDerivative<L: Lanes>(_ argument: L) -> L {
  let small = argument .< 1
  let x = argument.replacing(with: L(repeating: 1) + argument, where: small)
  let value =
    place(x).polynomial([
      0x1.a51a6625307d3p+0, -0x1.84b334f1a08ddp+0, 0x1.da6268ac3e823p+0, -0x1.fb3fd71f10754p+0, 0x1.0047b422075fap+1,
      -0x1.0004c2f037e43p+1, 0x1.fff3e68b1eb23p+0, -0x1.0001db5c6c29cp+1, 0x1.fffe641943b4ap+0, -0x1.fff65490b649ep+0,
      0x1.ffc8732ebea86p+0, -0x1.fef504abca56dp+0, 0x1.fbf26767ea19fp+0, -0x1.f309b55514a33p+0, 0x1.dd8ce20371fa7p+0,
      -0x1.b32ee7f18325fp+0, 0x1.6ee02e9a487cbp+0, -0x1.150dfb20be0e3p+0, 0x1.6a93eb0cb00b3p-1, -0x1.8d492ce12c05ap-2,
      0x1.5ee969050d788p-3, -0x1.dc9ecced68f63p-5, 0x1.d0c2c6e0a0406p-7, -0x1.2090bdbc15f31p-9, 0x1.55e52cb2e0c0ap-13,
    ]) / x
  let inverse = L(repeating: 1) / argument
  return value.replacing(with: asymptoticSecondDerivative(x), where: x .> 16)
    .replacing(with: inverse * inverse + value, where: small)
    .replacing(with: L(repeating: .nan), where: argument .< 0)
}

/// ψ′(x) above 16, where the large terms of the polynomial would leave their roundings: 1/x + 1/2x² + Σ B₂ₖ/x²ᵏ⁺¹.
@inline(__always)
private func asymptoticSecondDerivative<L: Lanes>(_ x: L) -> L {
  let inverse = L(repeating: 1) / x
  let series = (inverse * inverse).polynomial([
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6,
  ])
  return (L(repeating: 1) + inverse * (inverse * series + L(repeating: 0.5))) / x
}

/// x·(what Stirling's formula leaves out) is 1/12 at infinity.
@inline(__always)
private func remainder<L: Lanes>(_ x: L) -> L {
  place(x).polynomial([
    0x1.4c071bcda0a5bp-4, 0x1.f813b2b8b31cdp-8, -0x1.725fc86e880c0p-7, 0x1.5c0276d111bd7p-7, -0x1.0d358d2a7f125p-7,
    0x1.8f55a689427b3p-8, -0x1.30b2e45aa34b6p-8, 0x1.de7d97cdce646p-9, -0x1.7fc8b030a2d53p-9, 0x1.39eba2daa98ebp-9,
    -0x1.04435d3fa2177p-9, 0x1.b09a5dab1d8d5p-10, -0x1.613afb21c38d1p-10, 0x1.124946b06578bp-10,
    -0x1.84469b012f825p-11, 0x1.dd8c2f11db5fep-12, -0x1.e4bf16c4bc60ep-13, 0x1.7f31bc7530598p-14,
    -0x1.b514571227d0cp-16, 0x1.3d2bb4ecd75d3p-18, -0x1.b50a5d68ff77cp-22,
  ]) / x
}

/// x·(log x − ψ(x)) is ½ at infinity.
@inline(__always)
private func lag<L: Lanes>(_ x: L) -> L {
  place(x).polynomial([
    0x1.2788cfc6fb619p-1, -0x1.155fe41b2cc5ep-3, 0x1.7d26c23d9ec3ep-4, -0x1.b9b26ec4313c4p-5, 0x1.f62f818c0ba03p-6,
    -0x1.3fdae2fd503d2p-6, 0x1.c18a8b2316382p-7, -0x1.4b3b21aacf0adp-7, 0x1.fbc818eaff954p-8, -0x1.91b33add2e0f2p-8,
    0x1.441c174fc931dp-8, -0x1.0781983215eb8p-8, 0x1.a60d24a7ff04fp-9, -0x1.4189e689a42a1p-9, 0x1.bddc21c608a09p-10,
    -0x1.0b9c75c68a091p-10, 0x1.07c3d8587db0dp-11, -0x1.9234db54da4fbp-13, 0x1.b6c866b681179p-15,
    -0x1.2db6363ae83c7p-17, 0x1.867cd7ebfcf2cp-21,
  ]) / x
}

/// log Γ(x) / ((x − 1)·(x − 2)) from 1 to 4.
@inline(__always)
private func ratioOfLogarithm<L: Lanes>(_ x: L) -> L {
  ((x - L(repeating: 2)) / (x + L(repeating: 2))).polynomial([
    0x1.b0ee6072093cep-2, -0x1.9ae6509ea109bp-2, 0x1.0265d68d0b380p-3, -0x1.1ca03a931bbe7p-3, 0x1.53b6dbff3dff5p-4,
    -0x1.64fe196ca2b9ap-4, 0x1.fe8d466430988p-5, -0x1.069555df2bb6bp-4, 0x1.990debed05fe2p-5, -0x1.a06e05e4ef4f7p-5,
    0x1.551e4f44c1bd3p-5, -0x1.595eb861f0158p-5, 0x1.24830f11805cfp-5, -0x1.269460a095603p-5, 0x1.feef348fb1135p-6,
    -0x1.07e2069d56a18p-5, 0x1.d260cf98d3ffdp-6, -0x1.75b62efc5f650p-6, 0x1.4cc3fb283c981p-6, -0x1.657ee92b59b44p-5,
    0x1.45330d3b3ce3cp-5,
  ])
}

/// ψ(x) / (x − its zero) from 1 to 4.
@inline(__always)
private func ratioOfDerivative<L: Lanes>(_ x: L) -> L {
  ((x - L(repeating: 2)) / (x + L(repeating: 2))).polynomial([
    0x1.9213d46736ba4p-1, -0x1.0aff270ca07a8p+0, 0x1.66ef16c22f17dp-1, -0x1.73d3b5510611bp-1, 0x1.5b02757a4a7fbp-1,
    -0x1.63dfe917833f6p-1, 0x1.5b84ca13f6655p-1, -0x1.60c6f073c4811p-1, 0x1.5c821502bd09cp-1, -0x1.5fc40c64403b4p-1,
    0x1.5d1b8b0f68687p-1, -0x1.5f47b8dfc8833p-1, 0x1.5d73b7ad4177bp-1, -0x1.5f20da134b7ffp-1, 0x1.5dcab33272901p-1,
    -0x1.5d0badd3c6d66p-1, 0x1.5c0727dad25bbp-1, -0x1.701f81767665fp-1, 0x1.6f4c7ff7dc0adp-1, -0x1.ed9d51eb98d52p-2,
    0x1.ec8fb0a468c2bp-2, -0x1.55980c0569c1fp+0, 0x1.55201015cda7ap+0,
  ])
}

/// t for c = 1; 1 at infinity.
@inline(__always)
private func place<L: Lanes>(_ x: L) -> L {
  ((x - L(repeating: 1)) / (x + L(repeating: 1))).replacing(with: L(repeating: 1), where: x .> 0x1p60)
}

/// x with ψ(x) = y, by Newton's method.
///
/// T. Minka, Estimating a Dirichlet distribution, 2000, has the guess.
func inverseDigamma(_ y: Double) -> Double {
  var x = y >= -2.22 ? exp(y) + 0.5 : -1 / (y - digamma(1))
  for _ in 0..<30 {
    let next = x - (digamma(x) - y) / trigamma(x)
    guard next > 0, next < .infinity, abs(next - x) > 1e-15 * x else { break }
    x = next
  }
  return x
}
