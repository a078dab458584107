//! Pure functions from a trace and a moment to things to draw and to say.
