"""Everything that touches the outside. Returns newsdesk.model objects or failure values, never raises past its edge."""
