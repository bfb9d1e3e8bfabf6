"""Settings of workers in tests: the portal's own with short intervals. `test_takeover` holds the real ones."""

from pemasyarakatan.settings import *  # noqa: F403
from pemasyarakatan.settings import CELERY_BEAT_SCHEDULE

JOB_SIGN_EVERY, JOB_STALLED, JOB_LOOK_EVERY = 0.5, 3, 1
CELERY_BEAT_SCHEDULE = {
    name: {"task": entry["task"], "schedule": JOB_LOOK_EVERY, "options": {"expires": 5}}
    for name, entry in CELERY_BEAT_SCHEDULE.items() if entry["task"].endswith(("look_after", "reap_stalled"))
}  # fmt: skip
