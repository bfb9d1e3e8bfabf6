"""Addresses of this room; the slugs are a contract with bookmarks."""

app_name = "perjalanan"
urlpatterns = []
