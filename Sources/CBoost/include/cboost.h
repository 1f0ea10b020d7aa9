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

/// The regularised incomplete gamma function P(a, x), a > 0, x >= 0.
double boost_gamma_p(double a, double x);

/// Q(a, x) = 1 - P(a, x), exact where it is small.
double boost_gamma_q(double a, double x);

/// x with P(a, x) = p, p from 0 to 1.
double boost_gamma_p_inv(double a, double p);

/// x with Q(a, x) = q, q from 0 to 1.
double boost_gamma_q_inv(double a, double q);

double boost_erf(double x);

/// x with erf(x) = p, p from -1 to 1.
double boost_erf_inv(double p);

/// The exponential integral E1(x), the integral of exp(-t)/t from x to infinity, x > 0.
double boost_expint1(double x);

/// Owen's T(h, a): the probability that X > h and 0 < Y < a·X for standard normal X and Y.
double boost_owens_t(double h, double a);

#ifdef __cplusplus
}
#endif
