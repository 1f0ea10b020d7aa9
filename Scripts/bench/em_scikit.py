"""scikit-learn's part of Scripts/bench/em: seconds of a fit, and its log-likelihood."""

import sys
import time
import warnings

import numpy
from sklearn.mixture import GaussianMixture

path, start, n, d, k, covariance, iterations = sys.argv[1:]
n, d, k = int(n), int(d), int(k)
x = numpy.ascontiguousarray(numpy.fromfile(path).reshape(d, n).T)
kind = {"full": "full", "diagonal": "diag"}[covariance]
warnings.simplefilter("ignore")
if iterations == "fit":
    mixture = GaussianMixture(k, covariance_type=kind, n_init=10, tol=1e-8, max_iter=10_000, random_state=1, reg_covar=0)
else:
    # Spread 1.5, as precisions.
    precisions = numpy.full((k, d), 1 / 2.25)
    if kind == "full":
        precisions = numpy.array([numpy.diag(p) for p in precisions])
    mixture = GaussianMixture(
        k, covariance_type=kind, tol=0, max_iter=int(iterations), weights_init=numpy.full(k, 1 / k),
        means_init=numpy.fromfile(start).reshape(k, d), precisions_init=precisions, init_params="random_from_data", reg_covar=0,
    )
begin = time.perf_counter()
mixture.fit(x)
print(time.perf_counter() - begin, mixture.score(x) * n)
