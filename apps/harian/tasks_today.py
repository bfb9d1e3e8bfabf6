"""What this room wants done today."""

from apps.akun.worklist import TaskGroup


def groups(user) -> list[TaskGroup]:
    return []
