"""Back-fill (补录): years of paper come in by the file, row by row, each with its proof, and can be taken back."""
