"""One's own settings at the desk, without a portrait: nobody would see it, and its file went past every bound."""

from __future__ import annotations

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class OwnAccountView(AccountView):
    """Wagtail's page of settings, with no file to send."""

    def get_panels(self) -> list[Any]:
        """Leave the portrait out: it would be kept as it came, of any size, with where it was taken."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


account = require_admin_access(OwnAccountView.as_view())
