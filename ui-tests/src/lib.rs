//! Compile errors as users see them: see `fail/` and `pass/`.
