"""What somebody reads, alone, whose button in Slack brought nothing about."""

from functions.notify.messages import Message

WORDS = {
    "en": {
        "slack_user_unknown": "Staybase does not know you yet. Ask a manager: on the page Slack they find "
        "you by your e-mail address, or they write your member ID ({user}) on your page under Staff.",
        "permission_missing": "You may not decide this. Ask a manager.",
        "request_not_found": "There is no such request any more.",
    },
    "es": {
        "slack_user_unknown": "Staybase aún no le conoce. Pida a un responsable que le busque por su correo "
        "en la página Slack, o que escriba su ID de miembro ({user}) en su página, en Personal.",
        "permission_missing": "No puede decidir esto. Pregunte a un responsable.",
        "request_not_found": "Esta petición ya no existe.",
        "request_moved_on": "Alguien se ha adelantado: esto ya está decidido.",
        "action_not_available": "Esto ya no se puede hacer.",
        "input_missing": "Falta un dato: escríbalo encima de los botones.",
        "input_invalid": "Un dato no se entiende: escríbalo de nuevo encima de los botones.",
        "room_is_not_double_booked": "La habitación está prometida a otro huésped.",
        "room_type_is_not_oversold": "Ya no queda ninguna habitación libre de ese tipo.",
        "hour_not_offered": "Esa hora ya no se ofrece, o ya está acordada.",
        "date_not_offered": "La estancia no se puede cambiar a ese día.",
        "guest_is_in_house": "El huésped ya está alojado.",
        "booking_checked_out": "El huésped ya ha hecho la salida.",
        "booking_not_confirmed": "Esa reserva no está confirmada.",
        "stay_is_over": "Esa estancia ha terminado.",
        "arrival_is_past": "El día de llegada ya ha pasado.",
        "booking_check_out_is_not_before_check_in": "La estancia no puede terminar antes de empezar.",
        "booking_is_at_most_a_year": "Una estancia es de un año como mucho.",
        "booking_not_found": "Esa reserva no existe.",
        "booking_not_open": "Esa reserva ya no se puede cambiar.",
        "room_not_found": "Esa habitación no existe.",
        "room_not_vacant": "En esa habitación hay alguien.",
        "room_out_of_order": "Esa habitación está fuera de servicio.",
        "room_type_not_found": "Ese tipo de habitación ya no existe.",
        "room_not_ready": "Esa habitación aún no está limpia.",
        "folio_closed": "El folio está cerrado: ya no admite cargos.",
        "tax_code_missing": "Este tipo de cargo no tiene ningún impuesto asignado.",
        "charge_amount_missing": "Falta el importe: dígalo en la bandeja.",
    },
}


def answer(message: Message) -> str:
    """The refusal in the reader's language, as far as it has words there; else in its own."""
    said = message.variables
    known = WORDS.get(message.language, WORDS["en"]).get(str(said["slug"]), "")
    own = " ".join(str(part) for part in (said.get("message"), said.get("hint")) if part)
    return known.format(user=said["slack_user_id"]) if known else own or str(said["slug"])
