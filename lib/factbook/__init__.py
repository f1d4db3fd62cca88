"""FACT workbook: exports of a Douyin merchant become a diagnosis, a report and a live meeting."""
