"""What is written of cooperation: one verb per thing a person does."""

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
from hermanar.cooperation.actions.gifts import (
    GiftDraft,
    gift_said,
    mend_gift,
    note_whereabouts,
    publish_gift,
    record_gift,
    unpublish_gift,
    withdraw_gift,
)
from hermanar.cooperation.actions.sources import (
    ActivityDraft,
    record_activities,
)

__all__ = [
    "ActivityDraft",
    "EntryDraft",
    "GiftDraft",
    "MaybeSameError",
    "PhotographDraft",
    "PhotographWords",
    "Sent",
    "gift_said",
    "mend_activity",
    "mend_gift",
    "note_whereabouts",
    "publish_activity",
    "publish_gift",
    "record_activities",
    "record_activity",
    "record_gift",
    "tell_apart",
    "unpublish_activity",
    "unpublish_gift",
    "withdraw_activity",
    "withdraw_gift",
]
