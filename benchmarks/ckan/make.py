"""Make one resource with an empty table in CKAN's DataStore: `make.py HEADINGS.json`; prints the resource's key.

It runs in CKAN's environment, never in ours.
"""

import json
import sys
from pathlib import Path

from ckan.plugins import toolkit
from wsgi import application


def made(headings):
    """Make the organization, the data set and the table through CKAN's own actions."""

    def act(action, /, **values):
        context = {"ignore_auth": True, "user": user}
        return toolkit.get_action(action)(context, values)

    user = toolkit.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    act("organization_create", name="bench")
    act("package_create", name="bench", owner_org="bench")
    fields = [{"id": heading, "type": "text"} for heading in headings]
    return act("datastore_create", resource={"package_id": "bench"}, fields=fields)["resource_id"]


with application._wsgi_app.test_request_context():  # noqa: SLF001 (CKAN's tests take it so)
    print(json.dumps(made(json.loads(Path(sys.argv[1]).read_text()))))
