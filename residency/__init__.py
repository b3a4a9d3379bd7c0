"""Data residency, enforced as code: where user data and its copies would go, judged before anything is created.

The words of this package; one word a thing, one thing a word:

=====================  ==========================================================================================
Resource               a declared cloud resource
ResourceGraph          all of a stack's resources, with the references between them
Location               a provider's own code for where: region, zone, multi-region, ``global``, a declared site
Placement              one place where one resource's data, or a copy of it, will be: resource, kind, location,
                       evidence
PlacementKind          residence, replica, backup, export, stream, log, cache, compute, inference, key, secret,
                       access, network
Perimeter              the countries where data may be placed, with its sites, transfers and exemptions
Transfer               a flow out of the perimeter that somebody approved: legal basis, purpose, owner, approver, expiry
Exemption              a finding accepted for a time: owner, reason, approver, expiry
Outcome                inside, outside, undetermined
Verdict                placement x perimeter: an outcome, the rule, the evidence, the way to mend it
Change                 what became of one placement between two results: added, moved, carried over, mended, removed
Baseline               the report of an earlier check, whose findings are shown and do not block
Record                 proof that a check ran: digests of what it judged, by what, and the outcome
=====================  ==========================================================================================

The way of the data is the list of folders: ``ingest`` -> ``placements`` (with ``catalogue``) -> ``perimeter`` and
``rules`` -> ``report``. Importing this package starts nothing, and it never imports pulumi or a provider's SDK.
"""

from __future__ import annotations

__version__ = "0.1.0"
