"""Makes the sample site from a fixed seed: people, pages, attachments."""
