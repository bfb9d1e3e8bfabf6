"""Views of community service: sentences, hours, places."""
