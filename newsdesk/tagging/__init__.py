"""All labels of a story, and stories and tags made ready for the archive, also in processes of their own."""
