"""Checkov's own checks over any target: a stage beside the judge, and none of its verdicts.

In:  graphs, and where the command ``checkov`` is.
Out: Remarks on our resources. Checkov runs as a program of its own and is never imported: see docs/decisions/0003.
"""
