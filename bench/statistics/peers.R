# Group-sequential designs by rpact: name, peer, milliseconds.
if (requireNamespace("rpact", quietly = TRUE)) {
  peer <- paste("rpact", packageVersion("rpact"))
  for (looks in c(4, 10)) {
    design <- function() rpact::getDesignGroupSequential(kMax = looks, alpha = 0.05, sided = 2, typeOfDesign = "asOF")
    # A design computes when it is read.
    read <- function() { d <- design(); d$criticalValues }
    invisible(read())
    times <- sapply(1:5, function(i) system.time(for (j in 1:5) read())[["elapsed"]] / 5)
    cat(sprintf("design-%d\t%s\t%.3f\n", looks, peer, median(times) * 1000))
  }
}
