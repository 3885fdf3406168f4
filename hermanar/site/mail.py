"""Where mail goes: to a server named by one address, or to files when none is named."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings(address: str, *, folder: Path) -> dict[str, Any]:
    """Return Django's settings for `smtps://user:password@host:port`, or for files in a folder."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError) as problem:
        raise ImproperlyConfigured(
            "HERMANAR_MAIL: se escribe smtps://usuario:clave@servidor:puerto (o smtp+tls://, o smtp:// sin cifrar)"
        ) from problem
    if not parts.hostname:
        raise ImproperlyConfigured("HERMANAR_MAIL: falta el nombre del servidor")
    if parts.scheme == "smtp" and parts.password and not _is_here(parts):
        raise ImproperlyConfigured("HERMANAR_MAIL: smtp:// enviaría la clave sin cifrar; use smtp+tls:// o smtps://")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def _is_here(parts: SplitResult) -> bool:
    """Say whether the server is this machine."""
    host = parts.hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
