# SPDX-License-Identifier: MIT
# Puts two secrets, each a line of standard input, into the environment, and becomes the program.
IFS= read -r secret || :
IFS= read -r password || :
[ -z "$secret" ] || export AZURE_CLIENT_SECRET="$secret"
[ -z "$password" ] || export AZURE_CLIENT_CERTIFICATE_PASSWORD="$password"
exec "$@" </dev/null
