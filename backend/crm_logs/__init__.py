"""Activities on their way to a CRM: each there once, in order, or visible as failed."""
