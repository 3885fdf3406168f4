"""A work plan from a file to something done, in a real browser; its papers read back in both languages."""

from __future__ import annotations

import datetime as dt
import re

from hermanar.agreements.actions import draft
from hermanar.cooperation.models import PlannedActivity
from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import day
