"""Topics 议题: matters accepted for possible consultation, reviewed, approved, pooled and scheduled."""
