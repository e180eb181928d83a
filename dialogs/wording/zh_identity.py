"""What the bot says in Chinese about who somebody is: their phone, without a name, in confidence, for others."""

IDENTITY = {
    "anonymous.kept": "好的，按匿名登记：我们没法打电话找您，结果只发到这个聊天里。",
    "anonymous.refused": "这里要留姓名和电话才好办理，您的信息会保密；实在不方便，可以点“跳过”。",
    "confidential": "保密",
    "confidential.kept": "好的，为您保密：您反映的单位和经办人员都看不到您的姓名和电话。",
    "confidential.contact": "方便留个电话吗？经办人员看不到，只有少数管理人员能看到。",
    "named.kept": "好的，按实名登记。",
    "summary.secret": "{name}（保密）",
    "behalf.noted": "记下了，您是替{whom}反映的，有事还是联系您。",
    "agent.noted": "记下了，您是{role}，有事联系您。",
    "agent.paper": "记下了，您是{role}。请把{name}拍照发来，以后补也行：{why}。",
    "joint.noted": "记下了，你们是一起反映的。其他人也可以自己在这里说一声。",
    "reject.contact.short": "这个手机号只有{n}位，像是少打了。手机号是11位，请再发一次。",
    "reject.contact.long": "这个手机号有{n}位，像是多打了。手机号是11位，请再发一次。",
    "reject.contact.unknown": "这个号码不像能打通的，请对照着再发一次。座机请带上区号。",
    "reject.contact.hidden": "号码里有几位看不到，请发完整的号码。只给经办人员看。",
    "contact.as_told": "好的，先按您写的记下，工作人员会再核对。",
}
