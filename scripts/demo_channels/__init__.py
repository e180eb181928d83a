"""``make demo-channels``: two phones beside the real hooks, so that WeChat and Telegram can be seen without accounts.

city      the example city, its settings and what hangs on its walls
phones    what people do with their phones
troubles  what goes wrong with a platform, while it is told to
wire      what went over the wire, without secrets
page      the page with the phones, and what it asks of us
"""
