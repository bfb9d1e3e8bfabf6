"""Finds modules of one name in all rooms (apps), the way Django finds `admin` modules.

`client_page` (`apps/klien/rooms.py`), `tasks_today` (`apps/dasbor/beranda.py`) and `imported`
(`apps/impor/kinds/clients.py`) are such names. A room with nothing to add has no such module.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def modules(name: str) -> tuple[ModuleType, ...]:
    """`apps.<room>.<name>` of every room that has it, in the order of INSTALLED_APPS; other packages are skipped."""
    rooms = [app for app in apps.get_app_configs() if app.name.startswith("apps.")]
    return tuple(import_module(f"{room.name}.{name}") for room in rooms if module_has_submodule(room.module, name))
