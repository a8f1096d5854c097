"""What every page stands on: the session's state, what is looked up, the frame, and lists that open on a click."""
