"""SOQL, as much of it as a product that logs activities asks with, and strict about the rest."""
