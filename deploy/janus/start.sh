#!/bin/sh
# Starts the SFU of joint calls of more than four devices: Janus with one plug-in, the one that holds rooms, and one way in, the WebSocket that
# Bitim alone reaches. Nothing here records: the plug-ins that could play or keep recordings are not loaded.
#   JANUS_SECRET_FILE  shared with Bitim            JANUS_LISTEN    where the WebSocket listens (127.0.0.1)
#   JANUS_ADDRESS      what people's devices reach  JANUS_NETWORK   the machine's own address or interface to use, when it has several
#   JANUS_PORT         of the WebSocket (8188)      JANUS_PORTS     for sound and picture, UDP (20000-20400)
set -eu
umask 077
folder="${TMPDIR:-/tmp}/janus"
mkdir -p "$folder"
line() { if [ -n "$2" ]; then printf '%s = "%s"' "$1" "$2"; fi; }
secret=$(cat "${JANUS_SECRET_FILE:-/run/secrets/janus_secret}")

cat > "$folder/janus.jcfg" <<CONFIG
general: {
	debug_level = 3
	debug_colors = false
	api_secret = "$secret"
	server_name = "sfu"
	session_timeout = 60
	hide_dependencies = true
}
media: {
	rtp_port_range = "${JANUS_PORTS:-20000-20400}"
}
nat: {
	ignore_mdns = true
	$(line nat_1_1_mapping "${JANUS_ADDRESS:-}")
	$(line ice_enforce_list "${JANUS_NETWORK:-}")
}
plugins: {
	disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so"
}
transports: {
	disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so"
}
events: {
	broadcast = false
}
loggers: {
	disable = "libjanus_jsonlog.so"
}
CONFIG
cat > "$folder/janus.transport.websockets.jcfg" <<CONFIG
general: {
	json = "compact"
	ws = true
	ws_port = ${JANUS_PORT:-8188}
	ws_ip = "${JANUS_LISTEN:-127.0.0.1}"
	wss = false
}
admin: {
	admin_ws = false
	admin_wss = false
}
CONFIG
cat > "$folder/janus.plugin.videoroom.jcfg" <<CONFIG
general: {
	string_ids = true
}
CONFIG
exec janus -F "$folder" -C "$folder/janus.jcfg" "$@"
