"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from hermanar.console.orphans import end_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
application = get_wsgi_application()
end_with_server()
