"""What is done to offices and their people: one verb per thing a person does."""

from hermanar.offices.actions.founding import OfficeDraft, change_office, found_office, next_file_number
from hermanar.offices.actions.members import (
    InvitationSent,
    accept_invitation,
    add_member,
    change_role,
    end_membership,
    invite,
    withdraw_invitation,
)

__all__ = [
    "InvitationSent",
    "OfficeDraft",
    "accept_invitation",
    "add_member",
    "change_office",
    "change_role",
    "end_membership",
    "found_office",
    "invite",
    "next_file_number",
    "withdraw_invitation",
]
