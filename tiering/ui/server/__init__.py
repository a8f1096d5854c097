"""The server around the pages: who may come in, what may be uploaded, and what goes when a session ends."""
