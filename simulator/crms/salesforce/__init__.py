"""Salesforce: its REST API, SOQL, sign-in and a plain page for each record."""
