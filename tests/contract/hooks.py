"""What schemathesis has to be told of this API: how its dates look, which carry no offset."""

import schemathesis
from hypothesis import strategies as st


def written(moment):
    return moment.replace(microsecond=0).isoformat()


schemathesis.openapi.format("date-time-local", st.datetimes().map(written))
schemathesis.openapi.format("date-local", st.dates().map(str))
