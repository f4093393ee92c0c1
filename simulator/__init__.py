"""A Twilio that runs on this machine: its REST API, signed webhooks, and phones that answer."""
