"""Cases as pure values: the lifecycle, the clocks, numbers, proofs and rates; no I/O, no clock, no chance."""
