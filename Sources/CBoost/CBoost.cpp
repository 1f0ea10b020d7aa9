#include "cboost.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/expint.hpp>
#include <boost/math/special_functions/owens_t.hpp>
#include <limits>

namespace {

namespace policies = boost::math::policies;

using Policy = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>, policies::underflow_error<policies::ignore_error>,
    policies::denorm_error<policies::ignore_error>, policies::evaluation_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>,
    // Doubles stay doubles: in long doubles all takes three times as long, for digits that are rounded off.
    policies::promote_double<false>>;

// Some series throw without asking the policy.
template <typename F>
double guarded(F f) noexcept {
  try {
    return f();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace

double boost_ibeta(double a, double b, double x) {
  return guarded([=] { return boost::math::ibeta(a, b, x, Policy()); });
}

double boost_ibetac(double a, double b, double x) {
  return guarded([=] { return boost::math::ibetac(a, b, x, Policy()); });
}

double boost_gamma_p(double a, double x) {
  return guarded([=] { return boost::math::gamma_p(a, x, Policy()); });
}

double boost_gamma_q(double a, double x) {
  return guarded([=] { return boost::math::gamma_q(a, x, Policy()); });
}

double boost_gamma_p_inv(double a, double p) {
  return guarded([=] { return boost::math::gamma_p_inv(a, p, Policy()); });
}

double boost_gamma_q_inv(double a, double q) {
  return guarded([=] { return boost::math::gamma_q_inv(a, q, Policy()); });
}

double boost_erf(double x) {
  return guarded([=] { return boost::math::erf(x, Policy()); });
}

double boost_erf_inv(double p) {
  return guarded([=] { return boost::math::erf_inv(p, Policy()); });
}

double boost_expint1(double x) {
  return guarded([=] { return boost::math::expint(1u, x, Policy()); });
}

double boost_owens_t(double h, double a) {
  return guarded([=] { return boost::math::owens_t(h, a, Policy()); });
}
