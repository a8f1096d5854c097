"""What a file is before anything is read of it: kind, encoding, guard, and the limited worker."""
