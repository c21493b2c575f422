#!/usr/bin/env python
"""Django's command line."""

import os
import sys


def main():
    if sys.argv[1:2] == ["demo"]:  # makes what the settings require, so it starts before they are read
        from protect_respect import demonstration

        sys.exit(demonstration.main(sys.argv[2:]))

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "protect_respect.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
