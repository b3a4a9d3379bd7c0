"""What each cloud's provider decides on its own: where a resource is, its name, the answer of a data source."""
