"""Dynamics 365: the Dataverse Web API, sign-in by Entra and a plain page for each record."""
