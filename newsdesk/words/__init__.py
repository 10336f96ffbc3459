"""The words of many texts as numbers in arrays, so that taggers and grouping take thousands at once."""
