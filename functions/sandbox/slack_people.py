"""Who is in the sandbox's Slack workspace; the demo's members are some of them."""

USERS = {
    "U0NADIA0001": "Nadia",
    "U0TARIQ0001": "Tariq",
    "U0MOHSIN001": "Mohsin",
    "U0SANA00001": "Sana",
    "U0BILAL0001": "Bilal",
    "U0ASMA00001": "Asma",
    "U0VISITOR01": "Visitor",
}
FIRST = "U0TARIQ0001"
