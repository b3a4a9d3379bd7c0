"""What the providers' SDK packages declare, read as text: for maintainers, never for a check.

In:  the folder of an installed SDK package.
Out: the generated layer of the catalogue, ``residency/catalogue/generated``. Nothing of the SDK is imported or run.
"""
