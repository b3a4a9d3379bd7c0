"""The command line: bind, run, print, exit."""
