"""Second stage: from the graph and the catalogue to placements.

In:  a ResourceGraph, the catalogue, the declared sites and external resources.
Out: every Placement of every judged resource, in the graph's order. What cannot be settled is an Unknown with what
     would settle it; nothing is left out because it could not be read.
"""
