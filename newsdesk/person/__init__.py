"""What one person did: read marks, stars, corrections and the rest."""
