"""A town that does not exist, Yunxi (云溪): its citizens, officers and complaints, for ``make demo``. Nothing imports it."""
