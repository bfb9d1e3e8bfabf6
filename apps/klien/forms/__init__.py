"""Shapes of what people type about clients."""
