"""Components in Google Cloud: one module a capability."""
