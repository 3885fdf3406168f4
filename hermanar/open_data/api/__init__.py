"""The API for other systems, version 1: the same sheets the pages show, as JSON, with refusals that say what is wrong."""

from hermanar.open_data.api.operations import api

__all__ = ["api"]
