"""Topics 议题: matters accepted for possible consultation, reviewed, approved by the Party committee, pooled and scheduled."""
