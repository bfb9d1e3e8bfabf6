"""Pages of this room (app)."""
