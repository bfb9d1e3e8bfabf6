"""Views of the programme, one module per job: list and history, planning, RAB, approval, spending."""
