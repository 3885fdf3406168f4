"""The `hermanar` command: every verb an operator has."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
    execute_from_command_line([sys.argv[0] or "hermanar", *sys.argv[1:]])


if __name__ == "__main__":
    main()
