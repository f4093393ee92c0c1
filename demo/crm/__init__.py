"""Acme CRM: a small CRM with people on it, for the demo and for the tests of the extension."""
