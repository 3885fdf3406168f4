"""The `hermanar` command: every verb an operator has."""

import gc
import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
    gc.disable()  # a sixth of the time to load would go into looking for garbage where there is none
    try:
        from hermanar.console.front import main as run  # noqa: PLC0415  an interruption while loading is clean too

        run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
