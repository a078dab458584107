//! What can be saved and shared: scenario files and links.
