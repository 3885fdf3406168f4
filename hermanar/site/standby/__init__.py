"""Public pages read from a standby, never from one older than what their reader herself has written (decision 42)."""

from hermanar.site.standby.reading import Shared
from hermanar.site.standby.server import Standby, WritesError

__all__ = ["Shared", "Standby", "WritesError"]
