-- What the retention needs beyond what commands may: to remove what has been kept long enough.
grant delete on identity.sessions, identity.refresh_tokens, identity.login_attempts, identity.notices, identity.qr_tokens to engine;
