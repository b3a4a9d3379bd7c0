"""First stage: one module a source, each giving the same ResourceGraph.

What a source cannot say is an explicit ``Unknown`` with its reason, never an exception and never an empty string.
"""
