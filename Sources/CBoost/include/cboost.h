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

/// The regularised lower incomplete gamma function P(a, x), a > 0, x >= 0.
double boost_gamma_p(double a, double x);

/// 1 - P(a, x), exact where it is small.
double boost_gamma_q(double a, double x);

#ifdef __cplusplus
}
#endif
