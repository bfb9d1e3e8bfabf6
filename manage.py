#!/usr/bin/env python3
"""Command line of the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from pemasyarakatan import owner

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")
    if owner.is_needed(sys.argv[1:]):
        owner.choose(os.environ)
        if sentence := owner.refusal():
            sys.exit(sentence)
    execute_from_command_line(sys.argv)
