"""The table of names for CloudFormation's types, and what makes it."""
