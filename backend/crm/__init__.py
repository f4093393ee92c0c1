"""CRMs: one file each, the same names in each. :mod:`backend.crm_port` says what they do."""
