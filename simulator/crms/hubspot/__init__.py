"""HubSpot: its CRM API, sign-in and a plain page for each record."""

from simulator.crms.hubspot.dialect import HubSpot

__all__ = ["HubSpot"]
