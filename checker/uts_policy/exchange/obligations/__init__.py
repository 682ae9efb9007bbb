"""What a directive demands: from a control catalogue, a list, or the sentences of a policy."""
