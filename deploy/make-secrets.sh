#!/bin/sh
# Makes the secrets that docker-compose.yml reads, once, in deploy/secrets. Nothing that exists is overwritten.
# The folder is closed to everybody else on this machine. The files in it can be read by any user inside the containers,
# because MongoDB and Bitim run there under users of their own.
set -eu
folder="$(cd "$(dirname "$0")" && pwd)/secrets"
mkdir -p "$folder"
chmod 700 "$folder"

keep() {
  if [ -e "$folder/$1" ]; then
    cat > /dev/null
    return
  fi
  cat > "$folder/$1"
  chmod 444 "$folder/$1"
}

openssl rand -hex 32 | keep master_key
openssl rand -base64 756 | keep mongo_keyfile
for name in mongo_root_password mongo_data_password mongo_keys_password; do
  openssl rand -hex 24 | keep "$name"
done
# Shared by Bitim with the relay and the SFU of calls.
openssl rand -hex 32 | keep turn_secret
openssl rand -hex 32 | keep janus_secret
uri() {
  printf 'mongodb://%s:%s@mongo:27017/%s?replicaSet=rs0&authSource=admin\n' "$1" "$(cat "$folder/$2")" "$3"
}
uri bitim mongo_data_password bitim | keep mongodb_uri
uri bitim-keys mongo_keys_password bitim_keys | keep mongodb_keys_uri
# Write smtps://user:password@mail.example.kz:465 into it, and set MAIL_FROM, to send mail.
printf '' | keep smtp_url

echo "Secrets are in $folder. Keep a copy of master_key apart from any backup of the data: without it nobody can read the data again."
