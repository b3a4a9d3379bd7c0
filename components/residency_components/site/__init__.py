"""Components in data centres of one's own: one module a capability."""
