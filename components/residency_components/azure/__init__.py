"""Components in Microsoft Azure: one module a capability."""
