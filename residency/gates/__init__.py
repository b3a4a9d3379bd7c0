"""The gates of Pulumi: the policy pack's body and the guard for programs.

They are the only modules of this package, beside the program evaluator's child, that import pulumi; nothing else of the
package imports them.
"""
