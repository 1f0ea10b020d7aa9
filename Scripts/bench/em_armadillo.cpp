// Armadillo's part of Scripts/bench/em: seconds of so many EM iterations, and the log-likelihood that they lead to.
#include <armadillo>
#include <chrono>
#include <cstdio>
#include <string>

template <typename Mixture, typename Covariances>
static void run(const arma::mat& rows, const arma::mat& means, const Covariances& covariances, arma::uword iterations) {
  const arma::uword k = means.n_cols;
  Mixture mixture;
  mixture.set_params(means, covariances, arma::rowvec(k).fill(1.0 / k));
  const auto begin = std::chrono::steady_clock::now();
  mixture.learn(rows, k, arma::maha_dist, arma::keep_existing, 0, iterations, 1e-300, false);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::printf("%.9f %.6f\n", seconds.count(), mixture.sum_log_p(rows));
}

int main(int, char** a) {
  const arma::uword n = std::stoul(a[3]), d = std::stoul(a[4]), k = std::stoul(a[5]), iterations = std::stoul(a[7]);
  arma::mat columns, start;
  columns.load(a[1], arma::raw_binary);
  start.load(a[2], arma::raw_binary);
  columns.reshape(n, d);
  start.reshape(d, k);
  const arma::mat rows = columns.t();
  if (std::string(a[6]) == "diagonal") {
    run<arma::gmm_diag>(rows, start, arma::mat(d, k, arma::fill::value(2.25)), iterations);
  } else {
    arma::cube covariances(d, d, k);
    covariances.each_slice() = 2.25 * arma::eye(d, d);
    run<arma::gmm_full>(rows, start, covariances, iterations);
  }
}
