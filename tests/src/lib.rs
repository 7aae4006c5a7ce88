//! tests of the workspace.
