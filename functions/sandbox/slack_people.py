"""Who is in the sandbox's Slack workspaces: their bots, and people, some of whom are the demo's members."""

USERS = {
    "U0NADIA0001": "Nadia",
    "U0TARIQ0001": "Tariq",
    "U0MOHSIN001": "Mohsin",
    "U0SANA00001": "Sana",
    "U0BILAL0001": "Bilal",
    "U0ASMA00001": "Asma",
    "U0VISITOR01": "Visitor",
}
EMAILS = {
    "owner@hamsun.example": "U0NADIA0001",
    "manager@hamsun.example": "U0TARIQ0001",
    "reception@hamsun.example": "U0MOHSIN001",
    "housekeeper@hamsun.example": "U0SANA00001",
    "technician@hamsun.example": "U0BILAL0001",
    "kitchen@hamsun.example": "U0ASMA00001",
    "visitor@hamsun.example": "U0VISITOR01",
}
BOT = {
    "user": "staybase",
    "user_id": "U0SANDBOX01",
    "bot_id": "B0SANDBOX01",
    "team": "Sandbox",
    "team_id": "T0SANDBOX01",
}
OTHER = BOT | {
    "user_id": "U0SANDBOX02",
    "bot_id": "B0SANDBOX02",
    "team": "Elsewhere",
    "team_id": "T0SANDBOX02",
}
BOTS = {"xoxb-sandbox-hotel": BOT, "xoxb-sandbox-elsewhere": OTHER}
"""Tokens that a hotel can give on its page Slack, and the bot that each is."""
FIRST = "U0TARIQ0001"
