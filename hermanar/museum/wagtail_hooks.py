"""Where Wagtail looks for what the desk adds: every module of `museum.desk`, one per noun."""

from importlib import import_module
from pkgutil import iter_modules

from hermanar.museum import desk

for module in sorted(found.name for found in iter_modules(desk.__path__)):
    import_module(f"{desk.__name__}.{module}")
