"""The page's words in English and Spanish. A sentence without its Spanish fails where it is rendered."""

from collections.abc import Callable

from functions.sandbox import beds24_words

SPANISH = {
    **beds24_words.SPANISH,
    "Sandbox": "Sala de pruebas",
    "What the providers received": "Lo que recibieron los proveedores",
    "Nothing leaves this machine.": "Nada sale de esta máquina.",
    "Conversations": "Conversaciones",
    "All": "Todo",
    "WhatsApp": "WhatsApp",
    "Slack": "Slack",
    "Text message": "SMS",
    "E-mail": "Correo",
    "As HTML": "Como HTML",
    "Find a phone or channel": "Buscar un teléfono o canal",
    "Search": "Buscar",
    "Back to all conversations": "Volver a todas las conversaciones",
    "{count} messages": "{count} mensajes",
    "1 message": "1 mensaje",
    "Nothing has arrived yet": "Todavía no ha llegado nada",
    "Ask for two towels on a guest's portal: the team's Slack and the guest's WhatsApp appear here.": (
        "Pida dos toallas en el portal de un huésped: aquí aparecerán el mensaje de Slack del equipo y el "
        "WhatsApp del huésped."
    ),
    "Nobody matches this search": "Nadie coincide con la búsqueda",
    "Try fewer digits, or look at all conversations.": "Pruebe con menos cifras o mire todas.",
    "A bot token to connect a hotel with:": "Un token de bot para conectar un hotel:",
    "Everyone's messages": "Los mensajes de todos",
    "Newest at the bottom": "Los más nuevos, abajo",
    "To": "Para",
    "From": "De",
    "Window open until": "Ventana abierta hasta",
    "Window closed: only templates arrive": "Ventana cerrada: solo llegan plantillas",
    "Template": "Plantilla",
    "queued": "en cola",
    "sent": "enviado",
    "delivered": "entregado",
    "read": "leído",
    "undelivered": "no entregado",
    "received": "recibido",
    "error": "error",
    "The guest wrote": "El huésped escribió",
    "The hotel wrote": "El hotel escribió",
    "Older messages are not shown.": "Los mensajes anteriores no se muestran.",
    "Write as the guest": "Escribir como el huésped",
    "Opens the 24-hour window": "Abre la ventana de 24 horas",
    "Add a picture or a paper": "Añadir una imagen o un documento",
    "Send": "Enviar",
    "What goes wrong": "Qué sale mal",
    "Each button arms one fault for the next message.": "Cada botón prepara un fallo para el siguiente.",
    "For": "Para",
    "everyone": "todos",
    "Fail the next": "Rechazar el próximo",
    "the provider answers with an error": "el proveedor responde con un error",
    "Throttle the next three": "Frenar los próximos tres",
    "429, try again later": "429, inténtelo más tarde",
    "Never answer": "No responder",
    "the call hangs until released": "la llamada espera hasta que se suelte",
    "Accept, then drop": "Aceptar y cortar",
    "stored, but the line is cut": "se guarda, pero se corta la línea",
    "Hold before accepting": "Retener antes de aceptar",
    "nothing is stored yet": "aún no se guarda nada",
    "Hold after accepting": "Retener tras aceptar",
    "stored, not yet answered": "guardado, aún sin respuesta",
    "Fail on delivery": "Fallar en la entrega",
    "accepted, then undelivered": "se acepta, pero no se entrega",
    "Scramble the ticks": "Desordenar los avisos",
    "callbacks in any order": "los avisos llegan en cualquier orden",
    "Armed": "Preparado",
    "Held now": "Retenido ahora",
    "Release": "Soltar",
    "Cut": "Cortar",
    "Remove": "Quitar",
    "Nothing is armed": "No hay nada preparado",
    "for the next one": "para el próximo",
    "for the next {count}": "para los próximos {count}",
    "until removed": "hasta quitarlo",
    "Empty the sandbox": "Vaciar la sala",
    "Language": "Idioma",
    "Faults": "Fallos",
    "accepted": "aceptado",
    "not accepted yet": "aún no aceptado",
    "Skip to the conversation": "Ir a la conversación",
    "edited": "editado",
    "Only {name} sees this": "Solo lo ve {name}",
    "Pressed by": "Pulsa",
    "Conversation with {name}": "Conversación con {name}",
}
LANGUAGES = ("en", "es")


def words_in(language: str) -> Callable[..., str]:
    """The translator a page uses: English sentence in, the visitor's language out, `{gaps}` filled."""

    def translate(text: str, **gaps: object) -> str:
        return (SPANISH[text] if language == "es" else text).format(**gaps)

    return translate


def preferred(chosen: str | None, accepted: str) -> str:
    """The language chosen before, else the first of the browser's that the page has."""
    if chosen in LANGUAGES:
        return chosen
    offered = (part.split(";")[0].strip()[:2].lower() for part in accepted.split(","))
    return next((language for language in offered if language in LANGUAGES), "en")
