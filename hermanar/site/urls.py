"""Every address of the house: Spanish at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from hermanar.workspace.views import confirmation, proof_page

urlpatterns = [
    path("", include("hermanar.open_data.urls")),
    path("", include("hermanar.museum.root_urls")),
    path("cms/", include("hermanar.museum.desk_urls")),
    *i18n_patterns(
        path("cuenta/", include("hermanar.workspace.account_urls")),
        path("oficina/", include("hermanar.workspace.urls")),
        path("contraparte/", include("hermanar.workspace.guest_urls")),
        path("confirmar/<str:token>/", confirmation.confirmation, name="confirmation"),
        path("constancia/<str:token>/", proof_page.proof, name="proof"),
        path("constancia/<str:token>/fotografia/<uuid:photograph>/", proof_page.photograph, name="proof_photograph"),
        path("", include("hermanar.museum.urls")),
        path("", include("hermanar.open_data.page_urls")),
        path("", include("hermanar.museum.page_urls")),  # any other address may be a page that an editor made
        prefix_default_language=False,
    ),
]
handler400 = "hermanar.museum.views.refusals.bad_request"
handler403 = "hermanar.museum.views.refusals.forbidden"
handler404 = "hermanar.museum.views.refusals.not_found"
handler500 = "hermanar.museum.unavailable.failure"
handler429 = "hermanar.museum.views.refusals.too_many"
