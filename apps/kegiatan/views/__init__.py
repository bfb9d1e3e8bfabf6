"""Views of activities: list, plan and result; the attendance list; attendance without signal."""
