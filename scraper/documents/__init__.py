"""Attached documents into text: PDF, DOCX and XLSX, read in a process of their own under limits."""
