"""What is done to offices and their people: one verb per thing a person does."""

from hermanar.offices.actions.days import close_days, make_feed, membership_of_feed
from hermanar.offices.actions.demonstration import DEMONSTRATION, make_demonstration, remove_demonstration
from hermanar.offices.actions.erasing import erase_account, forget_invitations
from hermanar.offices.actions.factors import forget_closed_codes, open_factor, reseal_factors, seal_factor
from hermanar.offices.actions.founding import (
    OfficeDraft,
    change_office,
    found_office,
    next_file_number,
)
from hermanar.offices.actions.handover import Dossier, prepare_handover, receive_handover
from hermanar.offices.actions.members import (
    AccountDraft,
    InvitationSent,
    accept_invitation,
    add_member,
    change_role,
    end_membership,
    forget_second_factor,
    invite,
    make_account,
    open_account,
    withdraw_invitation,
)
from hermanar.offices.actions.templates import drop_template, keep_template

__all__ = [
    "DEMONSTRATION",
    "AccountDraft",
    "Dossier",
    "InvitationSent",
    "OfficeDraft",
    "accept_invitation",
    "add_member",
    "change_office",
    "change_role",
    "close_days",
    "drop_template",
    "end_membership",
    "erase_account",
    "forget_closed_codes",
    "forget_invitations",
    "forget_second_factor",
    "found_office",
    "invite",
    "keep_template",
    "make_account",
    "make_demonstration",
    "make_feed",
    "membership_of_feed",
    "next_file_number",
    "open_account",
    "open_factor",
    "prepare_handover",
    "receive_handover",
    "remove_demonstration",
    "reseal_factors",
    "seal_factor",
    "withdraw_invitation",
]
