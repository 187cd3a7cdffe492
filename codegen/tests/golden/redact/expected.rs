redacted_debug!(Bill, shown = [bill_id, line, number], hidden = [e_mail]);
