"""Views of community service: sentences, the ledger of hours, places."""
