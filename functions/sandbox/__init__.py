"""Stand-ins for Twilio and Slack, for the demo and the tests: the real SDKs talk to them over loopback.

They are as strict as the providers (credentials, templates, variables, the 24-hour window, lengths), sign
their callbacks, fail on demand (`switches.py`), and show on a page what arrived. They never start beside real
credentials.
"""
