"""Two transactions at one moment: the first goes on when PostgreSQL says that the second one waits for it."""

import time

import pytest
from django.db import connection

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def until_somebody_waits(how_many: int = 1):
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= how_many:
                return
        time.sleep(0.05)
    pytest.fail("nobody waits")
