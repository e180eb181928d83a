"""The parts of the WeChat channel (bots/wechat.py): what an official account receives, and what it may call.

envelope    who may talk to the hook, and encryption
pushes      XML and JSON, as plain fields
inbound     messages; events are beside them in events.py
pins        WeChat's coordinates and the world's
answers     what is said, as one text that fits
tokens      the access token that all processes share
client      calls to the platform; failures.py says what its numbers mean
sending     customer-service messages, subscription notices, templates; forms.py fills those in
files       what citizens sent, fetched
menu, qr    the menu under the chat, the codes on walls
account     what which kind of account may do; probing.py asks
"""
