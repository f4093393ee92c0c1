"""HubSpot: its CRM API, sign-in and a plain page for each record."""
