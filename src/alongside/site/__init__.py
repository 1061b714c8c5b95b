"""The site: settings, addresses, page shells and components. Wires the house and holds no rule."""
