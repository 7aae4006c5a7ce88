//! ui-tests of the workspace.
