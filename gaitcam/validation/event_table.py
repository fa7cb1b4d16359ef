def write_event_table(*a): pass
