#!/usr/bin/env python
"""Django's own commands, for developers; people who run Alongside use the `alongside` command."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    execute_from_command_line(sys.argv)
