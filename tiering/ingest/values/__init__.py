"""What single cells say: numbers and dates in the forms people write them."""
