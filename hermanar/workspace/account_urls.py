"""Addresses of a person's account; the names are those the library asks for. What is not here cannot be done."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.urls import path, re_path

from hermanar.workspace.views import factors, invitations

urlpatterns = [
    path("", mfa.index, name="mfa_index"),
    path("entrar/", account.login, name="account_login"),
    path("abrir/", account.signup, name="account_signup"),  # says that accounts are opened by invitation
    path("entrar/codigo/", factors.authenticate, name="mfa_authenticate"),
    path("entrar/llave/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("salir/", account.logout, name="account_logout"),
    path("invitacion/<str:token>/", invitations.invitation, name="account_invitation"),
    path("inactiva/", account.account_inactive, name="account_inactive"),
    path("confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmar/codigo/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("confirmar/llave/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("contrasena/", account.password_change, name="account_change_password"),
    path("contrasena/nueva/", account.password_set, name="account_set_password"),
    path("contrasena/olvidada/", account.password_reset, name="account_reset_password"),
    path("contrasena/enviada/", account.password_reset_done, name="account_reset_password_done"),
    re_path(  # the library writes the two parts with a dash between them
        r"^contrasena/restablecer/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("contrasena/restablecida/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("aplicacion/", factors.activate_totp, name="mfa_activate_totp"),
    path("aplicacion/quitar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("llaves/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("llaves/agregar/", factors.add_webauthn, name="mfa_add_webauthn"),
    path("llaves/<int:pk>/quitar/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("llaves/<int:pk>/nombre/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("codigos/", factors.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codigos/nuevos/", factors.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codigos/archivo/", factors.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sesiones/", usersessions.list_usersessions, name="usersessions_list"),
]
