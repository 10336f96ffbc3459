"""Benchmarks: one command a figure. As in the program, the algebra behind numpy works in one thread."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
