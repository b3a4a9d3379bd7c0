"""For maintainers: makes ``shapes.json``, the countries as the report's maps draw them. Nothing else imports it.

In:  Natural Earth's countries as TopoJSON (npm package ``world-atlas``) and ISO's codes (Debian package ``iso-codes``).
Out: the file beside ``residency/report/html/shapes.py``; the same input gives the same bytes.
"""
