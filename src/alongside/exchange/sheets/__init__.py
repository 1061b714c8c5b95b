"""Things and maps as CSV and spreadsheets (XLSX), out and in; and the template to fill in."""
