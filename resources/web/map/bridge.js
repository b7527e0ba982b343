"use strict";

/* The one line to the window: what the page has to say, as JSON, to a slot of its own each. */
hp.Bridge = class {
  constructor(onMessage) {
    this.onMessage = onMessage;
    this.remote = null;
  }

  /* Messages of the window wait on its side until tell_ready; those that wait already are fetched, which is there
     sooner than the channel. */
  connect() {
    hp.Bridge.waiting().then((messages) => messages.forEach((message) => this.onMessage(message)));
    new QWebChannel(qt.webChannelTransport, (channel) => {
      this.remote = channel.objects.map;
      this.remote.message.connect((text) => this.onMessage(JSON.parse(text)));
      this.tell("ready", {});
      setInterval(() => this.tell("heartbeat", {}), 2000);
    });
  }

  static async waiting() {
    try {
      return await (await fetch("first/messages")).json();
    } catch {
      return []; // they come over the channel then
    }
  }

  tell(what, content) {
    if (this.remote !== null) this.remote[`tell_${what}`](JSON.stringify(content));
  }
};
