"""The `hermanar` command: every verb an operator has."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
    try:
        from hermanar.console.front import main as run  # noqa: PLC0415  an interruption while loading is clean too

        run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
