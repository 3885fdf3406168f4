"""The API for other systems, version 1: the sheets that pages show, as JSON, and refusals that say why."""

from hermanar.open_data.api.operations import api

__all__ = ["api"]
