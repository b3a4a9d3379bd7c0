"""Checkov loads checks from folders that have this file."""
