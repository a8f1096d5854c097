"""Hours and money of the service: who carries how much, where the next hour earns most, and what it has to bring."""
