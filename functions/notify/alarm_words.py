"""What who runs the installation reads when its clock stands still or a job fails, in English and Spanish."""

from datetime import UTC, datetime
from typing import Any

SUBJECTS = {
    ("tick_late", False): "Staybase: the clock stands still · el reloj está parado",
    ("tick_late", True): "Staybase: the clock goes again · el reloj vuelve a andar",
    ("tick_failed", False): "Staybase: a step of the clock fails · falla un paso del reloj",
    ("tick_failed", True): "Staybase: every step of the clock works again · el reloj vuelve a ir bien",
    ("job_given_up", False): "Staybase: a job fails to the end · un trabajo falla hasta el final",
    ("job_given_up", True): "Staybase: the job works again · el trabajo vuelve a funcionar",
}
WORDS = {
    ("tick_late", False): (
        "Nobody has ticked since {since}. What happens by the hour, such as cleaning, menu orders and "
        "reminders, waits until somebody does.",
        "Nadie da la hora desde {since}. Lo que va por horas, como la limpieza, los menús y los "
        "recordatorios, espera hasta entonces.",
    ),
    ("tick_late", True): (
        "The clock stood still from {since} to {until} and goes again. What was due meanwhile is made up for "
        "where it still helps.",
        "El reloj estuvo parado de {since} a {until} y vuelve a andar. Lo que tocaba entretanto se recupera "
        "si aún sirve.",
    ),
    ("tick_failed", False): (
        "Since {since} the step {step} of the clock fails ({code}). The others go on.",
        "Desde {since} falla el paso {step} del reloj ({code}). Los demás siguen.",
    ),
    ("tick_failed", True): (
        "The step {step}, which failed from {since} on, works again since {until}.",
        "El paso {step}, que fallaba desde {since}, vuelve a funcionar desde {until}.",
    ),
    ("job_given_up", False): (
        "The job {job} was tried until its time was over, and failed. Houses it concerns: {places}. "
        "The clock's page, {url}/admin/clock, says more.",
        "El trabajo {job} se intentó hasta agotar su tiempo y falló. Casas afectadas: {places}. "
        "La página del reloj, {url}/admin/clock, dice más.",
    ),
    ("job_given_up", True): (
        "The job {job}, which failed from {since} on, fails nowhere any more since {until}.",
        "El trabajo {job}, que fallaba desde {since}, ya no falla en ninguna casa desde {until}.",
    ),
}
LOOK = ("Look with: ./staybase doctor", "Mírelo con: ./staybase doctor")


def letter_of(
    kind: str,
    is_over: bool,
    details: dict[str, Any],
    since: datetime,
    until: datetime | None,
    public_url: str,
) -> tuple[str, str]:
    """Subject and text of a mail about an alert of the installation; `details` as the alert has them."""
    said = {
        "since": moment(datetime.fromisoformat(details["ticked_at"]) if "ticked_at" in details else since),
        "until": moment(until) if until else "",
        "url": public_url,
        **{name: str(details.get(name, "–")) for name in ("step", "job", "places", "code")},
    }
    parts = [words.format(**said) for words in WORDS[kind, is_over]]
    if not is_over:
        parts = [f"{words}\n{look}" for words, look in zip(parts, LOOK, strict=True)]
    return SUBJECTS[kind, is_over], "\n\n".join([*parts, public_url])


def moment(at: datetime) -> str:
    """An instant as the logs write it: a platform has no zone of its own."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
