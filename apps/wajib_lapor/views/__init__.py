"""Pages about the duty to report."""
