"""The interfaces: what each kind of component is asked for, with defaults and reasons, and what it puts out."""
