"""The shared library: forms, tables, words, charts, letters, PDF, paging, masks.

No model, no app of Django, and no import from another room (app).
"""
