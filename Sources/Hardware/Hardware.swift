// The Hardware module.
