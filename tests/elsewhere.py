"""Do something beside a test: in a thread of its own, on a connection of its own."""

import threading

from django.db import connection


def elsewhere(act):
    """Do something in another thread, on a connection of its own, and return what it raised."""
    raised = []

    def go():
        try:
            act()
        except Exception as error:  # noqa: BLE001 - the test tells what it was
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    return thread, raised
