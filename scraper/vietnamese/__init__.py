"""What is known of Vietnamese: a library of its own, pure, with data tables, knowing no portal or storage."""
