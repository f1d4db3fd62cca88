"""What a cell shows: charts, tables, texts and figures, each one object with picture, words and data."""
