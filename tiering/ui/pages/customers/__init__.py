"""The list of customers, one customer's card, and the same customers seen from several sides."""
