"""The particulars of an office."""

from __future__ import annotations

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.offices.models import Office
from hermanar.offices.rules import is_iati_identifier


class OfficeForm(forms.ModelForm):
    """What letters and deadlines need to know of an office; `version` is the one the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Office
        fields = (
            "name",
            "letter_place",
            "head_name",
            "head_post",
            "address",
            "email",
            "phone",
            "time_zone",
            "iati_identifier",
        )
        labels = {
            "name": _("Nombre de la oficina"),
            "letter_place": _("Lugar que encabeza los oficios"),
            "head_name": _("Quién firma los oficios"),
            "head_post": _("Cargo de quien firma"),
            "address": _("Domicilio"),
            "email": _("Correo de la oficina"),
            "phone": _("Teléfono"),
            "time_zone": _("Zona horaria"),
            "iati_identifier": _("Identificador ante IATI"),
        }
        help_texts = {
            "letter_place": _("Como se escribe en la fecha: «Guanajuato, Gto.»"),
            "time_zone": _("La fecha de hoy es la de este lugar: «America/Mexico_City», «America/Cancun»"),
            "iati_identifier": _(
                "Solo para publicar los proyectos en ese formato: país, guion y el número que dio un registro, «MX-…». "
                "Si la oficina no tiene, déjelo vacío."
            ),
        }

    def clean_iati_identifier(self) -> str:
        """Accept only what the standard takes; nothing is no mistake."""
        told = str(self.cleaned_data["iati_identifier"]).strip()
        if told and not is_iati_identifier(told):
            raise forms.ValidationError(
                _("Un identificador empieza con dos o tres letras y un guion, sin espacios ni los signos / & | ?")
            )
        return told

    def clean_time_zone(self) -> str:
        """Accept only a zone that exists."""
        zone = str(self.cleaned_data["time_zone"])
        if zone not in zoneinfo.available_timezones():
            raise forms.ValidationError(_("No existe esa zona horaria."))
        return zone
