"""Forms about clients."""
