"""Terraform's names for the catalogue's types and inputs; see ``table``."""
