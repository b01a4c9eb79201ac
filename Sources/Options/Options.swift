// The Options module.
