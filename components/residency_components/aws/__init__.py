"""Components in Amazon Web Services: one module a capability."""
