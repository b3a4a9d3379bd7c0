"""Facts about providers as reviewed data: places, which countries belong together, where resources put data.

Every fact has a source and the day on which it was read. What no source says is left out, and a question
about it is answered with "unknown".
"""
