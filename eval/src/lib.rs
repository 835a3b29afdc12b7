//! Readers and scorers of the evaluation sets, and the ratchet that keeps the figures.
