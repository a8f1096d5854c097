"""Files in: dropped, asked about, corrected, and accounted for."""
