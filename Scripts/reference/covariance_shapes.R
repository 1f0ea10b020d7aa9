# Twenty EM iterations of mclust under each of the 14 covariance models, from the same starting responsibilities.
#
# Writes Tests/KernelsTests/Reference/covariance_shapes.tsv and covariance_shapes_data.tsv.
# Run: Rscript Scripts/reference/covariance_shapes.R   (Debian: r-base-core r-cran-mclust)
#
# A row starts with 0.8 in the component that the table's labels name and shares the rest among the others. Inner iterations
# of mclust run until nothing moves, and it never stops before the twentieth step.
suppressMessages(library(mclust))

data(diabetes, package = "mclust")
sets <- list(
  faithful = list(x = as.matrix(faithful), k = 2),
  iris = list(x = as.matrix(iris[, 1:4]), k = 3),
  # Reaven and Miller 1979: glucose, insulin and steady-state plasma glucose of 145 patients.
  diabetes = list(x = as.matrix(diabetes[, -1]), k = 3))
models <- c("EII", "VII", "EEI", "VEI", "EVI", "VVI", "EEE", "VEE", "EVE", "VVE", "EEV", "VEV", "EVV", "VVV")

exact <- function(x) paste(sprintf("%.17g", x), collapse = " ")
folder <- "Tests/KernelsTests/Reference"
fits <- file(file.path(folder, "covariance_shapes.tsv"), "w")
writeLines("data\tmodel\tk\tdf\tloglik\tweights\tmeans\tcovariances", fits)
numbers <- file(file.path(folder, "covariance_shapes_data.tsv"), "w")
writeLines("data\tcolumns\tlabels\tnumbers", numbers)

for (name in names(sets)) {
  x <- sets[[name]]$x
  k <- sets[[name]]$k
  # Groups along the first column, of equal size: known without any software.
  labels <- ceiling(rank(x[, 1], ties.method = "first") * k / nrow(x))
  writeLines(paste(name, ncol(x), exact(labels), exact(x), sep = "\t"), numbers)
  z <- matrix(0.2 / (k - 1), nrow(x), k)
  z[cbind(seq_len(nrow(x)), labels)] <- 0.8
  for (model in models) {
    fit <- suppressWarnings(me(x, modelName = model, z = z,
      control = emControl(tol = c(0, 1e-16), itmax = c(20, 100000))))
    stopifnot(is.finite(fit$loglik))
    p <- fit$parameters
    writeLines(paste(name, model, k, nMclustParams(model, ncol(x), k), exact(fit$loglik), exact(p$pro), exact(p$mean),
      exact(p$variance$sigma), sep = "\t"), fits)
  }
}
close(fits)
close(numbers)
