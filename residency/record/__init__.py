"""Proof that a check ran: what it judged, by what, and with which outcome, as digests in a file.

``values`` is what a record is and how it is written, ``digests`` what is counted into it, ``inputs`` the files of a
target, ``make`` how one comes from a check, ``verify`` how one is held against what is to be deployed, or is.
"""
