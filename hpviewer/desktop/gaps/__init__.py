"""What the record keeper still lacks, town by town."""
