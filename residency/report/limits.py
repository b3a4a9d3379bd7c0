"""What the services that show a report take, each with its source; all were read on 2026-11-26.

A report that is too long is cut by us, with a word about it: a service would refuse it, or cut it without one.
"""

from __future__ import annotations

# https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
SARIF_RESULTS = 25_000
"""Results of a run; more, and GitHub refuses the file."""
SARIF_RESULTS_SHOWN = 5_000
"""Results of a run that GitHub keeps, the most severe first."""
SARIF_RULES = 25_000
"""Rules of a run."""
SARIF_LOCATIONS = 100
"""Locations of a result that GitHub shows; it takes ten times as many."""
SARIF_TAGS = 10
"""Tags of a rule that GitHub shows; it takes twice as many."""

# https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
SARIF_BYTES = 10_000_000
"""Size of the file after gzip."""
SARIF_NAME = 255
"""Characters of a rule's name."""
SARIF_DESCRIPTION = 1_024
"""Characters of a rule's short and of its full description."""

# https://github.com/orgs/community/discussions/26680: ten errors and ten warnings a step, fifty of all a job.
ANNOTATIONS = 10
"""Annotations of one level that GitHub shows of a step."""

# https://docs.github.com/actions/reference/workflow-commands-for-github-actions, step isolation and limits
SUMMARY_BYTES = 1_048_576
"""Size of a step's job summary; more, and nothing is shown."""

# https://github.com/orgs/community/discussions/27190; counted here in bytes, which are never fewer than characters.
COMMENT_BYTES = 65_536
"""Length of a comment on a pull request; more, and GitHub refuses it."""

# Our own, so that one endless name hides no other finding; what is longer ends with an ellipsis.
TEXT = 1_000
"""Characters of one sentence in a report beside a line."""
COMMENT_SENTENCE = 500
"""Characters of one sentence in Markdown."""
COMMENT_NAME = 150
"""Characters of one name in Markdown."""
