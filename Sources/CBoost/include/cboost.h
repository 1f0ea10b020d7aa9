#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// Functions of Boost.Math. None throws: outside the domain and where a series does not settle the result is NaN, beyond the
// doubles it is infinite.

/// The regularised incomplete beta function I_x(a, b), a > 0, b > 0, x from 0 to 1.
double boost_ibeta(double a, double b, double x);

/// 1 - I_x(a, b), exact where it is small.
double boost_ibetac(double a, double b, double x);

/// The exponential integral E1(x), the integral of exp(-t)/t from x to infinity, x > 0.
double boost_expint1(double x);

#ifdef __cplusplus
}
#endif
