"""What is done to offices and their people: one verb per thing a person does."""

from hermanar.offices.actions.demonstration import DEMONSTRATION, make_demonstration, remove_demonstration
from hermanar.offices.actions.founding import (
    OfficeDraft,
    change_office,
    found_office,
    next_file_number,
)
from hermanar.offices.actions.members import (
    InvitationSent,
    accept_invitation,
    add_member,
    change_role,
    end_membership,
    forget_second_factor,
    invite,
    open_account,
    withdraw_invitation,
)

__all__ = [
    "DEMONSTRATION",
    "InvitationSent",
    "OfficeDraft",
    "accept_invitation",
    "add_member",
    "change_office",
    "change_role",
    "end_membership",
    "forget_second_factor",
    "found_office",
    "invite",
    "make_demonstration",
    "next_file_number",
    "open_account",
    "remove_demonstration",
    "withdraw_invitation",
]
