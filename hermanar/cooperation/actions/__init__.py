"""What is recorded of common life: one verb per thing a person does."""

from hermanar.cooperation.actions.activities import (
    EntryDraft,
    MaybeSameError,
    PhotographDraft,
    PhotographWords,
    Sent,
    mend_activity,
    publish_activity,
    record_activity,
    tell_apart,
    unpublish_activity,
    withdraw_activity,
)
from hermanar.cooperation.actions.sources import ActivityDraft, record_activities

__all__ = [
    "ActivityDraft",
    "EntryDraft",
    "MaybeSameError",
    "PhotographDraft",
    "PhotographWords",
    "Sent",
    "mend_activity",
    "publish_activity",
    "record_activities",
    "record_activity",
    "tell_apart",
    "unpublish_activity",
    "withdraw_activity",
]
