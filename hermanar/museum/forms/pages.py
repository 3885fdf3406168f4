"""The form of a page that editors make."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from hermanar.museum.reserved import EDITED, check_address


class MuseumPageForm(WagtailAdminPageForm):
    """Refuse an address that the house itself answers."""

    def clean(self) -> dict[str, Any]:
        """Ask who would answer at the address."""
        given: dict[str, Any] = super().clean()
        above = self.parent_page.url_path.split("/")[2:-1] if self.parent_page else []
        if given.get("slug") and self.parent_page and not self.parent_page.is_root():
            try:
                check_address("/".join(["", *above, given["slug"], ""]), answered_by=EDITED)
            except ValidationError as taken:
                self.add_error("slug", taken)
        return given
