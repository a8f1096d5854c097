"""Tables beside orders and customers: payments, contacts and outside data, each joined on the customer."""
