"""The words of gifts and donations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GiftSide(TextChoices):
    """Whether a gift came to the office or went from it."""

    RECEIVED = "received", _("llegó: nos lo dieron")
    GIVEN = "given", _("salió: lo dimos")


class GiftKind(TextChoices):
    """What was given (D5.8 of the domain page asks each sister city for a work of art)."""

    ARTWORK = "artwork", _("obra de arte")
    PLAQUE = "plaque", _("placa o reconocimiento")
    BOOK = "book", _("libro o documento")
    EQUIPMENT = "equipment", _("equipo")
    VEHICLE = "vehicle", _("vehículo")
    MONEY = "money", _("dinero")
    OTHER = "other", _("otra cosa")


class Purpose(TextChoices):
    """What a donation is for (D3.6)."""

    FINANCIAL = "financial", _("cooperación financiera")
    CULTURAL = "cultural", _("cooperación cultural")
    TECHNICAL = "technical", _("cooperación técnica")
    PEACE = "peace", _("cooperación para la paz")
    FOOD_AID = "food_aid", _("ayuda alimentaria")
    HUMANITARIAN = "humanitarian", _("ayuda humanitaria y de emergencia")


class Keeping(TextChoices):
    """Whether it is known where a gift is."""

    KEPT = "kept", _("se sabe dónde está")
    UNKNOWN = "unknown", _("no se sabe dónde está")
    LOST = "lost", _("se perdió o ya no existe")


class GiftRefusal(TextChoices):
    """Why a gift, or something said of it, is not kept as it was written."""

    FUTURE_DATE = "future_date", _("Esa fecha está por venir: un regalo se asienta cuando ya se dio.")
    KEPT_IN_FUTURE = "kept_in_future", _("Esa fecha está por venir: escriba desde cuándo está ahí.")
    BEFORE_GIVEN = "before_given", _("Es anterior al día en que se dio: revise cuál de las dos fechas es la buena.")
    BEFORE_TIE = (
        "before_tie",
        _("Es anterior a la firma del acuerdo. Puede ser: si es así, confírmelo abajo y guarde de nuevo."),
    )
    NO_PURPOSE = "no_purpose", _("Falta para qué fue la donación: elíjalo.")
    PURPOSE_OF_GIFT = "purpose_of_gift", _("El propósito es de las donaciones; un regalo protocolario no lo lleva.")
    NOT_ABOVE_ZERO = "not_above_zero", _("El valor es mayor que cero. Si no se conoce, déjelo vacío.")
    VALUE_TOO_LARGE = "value_too_large", _("El valor es mayor de lo que aquí cabe: revíselo.")
    NO_CURRENCY = "no_currency", _("Falta la moneda: elíjala, o deje vacío el valor si no se conoce.")
    NO_VALUE = "no_value", _("Falta el valor: escríbalo, o deje vacía la moneda si no se conoce.")
    UNKNOWN_CURRENCY = "unknown_currency", _("No hay moneda con ese código: son tres letras, como MXN, USD o EUR.")
    CURRENCY_OF_OTHER_YEAR = "currency_of_other_year", _("Esa moneda no existía ese año.")
    NO_PLACE = "no_place", _("Falta el lugar donde se guarda: escríbalo, o diga que no se sabe.")
    PLACE_UNSOUGHT = (
        "place_unsought",
        _("Dice que no se sabe o que se perdió, y también un lugar: deje uno de los dos."),
    )
    NO_ALTERNATIVE = "no_alternative", _("Falta decir con palabras lo que se ve en la fotografía.")
    NO_RIGHTS = "no_rights", _("Falta de quién es la fotografía o con qué permiso se usa.")
    NOT_A_PICTURE = "not_a_picture", _("No es una fotografía: se admiten JPEG, PNG y WebP.")
    NO_REASON = "no_reason", _("Falta el motivo: escríbalo.")
    WITHDRAWN = "withdrawn", _("Este registro se retiró: ya no cambia.")
    IS_PUBLIC = (
        "is_public",
        _("El público ya lo ve: lo corrige quien puede publicarlo, la dirección o la administración de la oficina."),
    )
    TIE_NOT_PUBLIC = "tie_not_public", _("El acuerdo no es público todavía: publíquelo antes.")
    DEMONSTRATION = "demonstration", _("Lo de una oficina de demostración no se publica.")
    ALREADY_TOLD = "already_told", _("Esa donación documentada ya la cuenta otro regalo: se contaría dos veces.")
    NOT_DOCUMENTED = "not_documented", _("Esa donación documentada no es de este acuerdo, o va en el otro sentido.")
