"""One HTML page of a check. Begun: not yet offered by the command line."""
