"""The digest, the handover and the story so far."""
