"""What every stage leans on: life cycles, refusals, clock, working days. No models and no words of the domain."""
