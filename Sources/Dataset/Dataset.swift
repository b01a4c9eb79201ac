// The Dataset module.
