"""The WSGI entry point."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

from hermanar.console.orphans import end_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
_django = get_wsgi_application()
end_with_server()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer as Django does; a whole page goes to the server in one piece, which frees its thread at once."""
    response = _django(environ, start_response)
    if not isinstance(response, HttpResponse) or response.streaming:
        return response
    body = response.content
    response.close()
    return [body]
