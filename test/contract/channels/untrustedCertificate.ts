/** A certificate that nobody trusts, for 127.0.0.1, valid for a hundred years. Made for these tests; it guards nothing. */
export const untrusted = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBN6dekSsSAlqVD0p
8KRyN7PTuq+leq1KGjapkmleqXShRANCAAR2EZjkVLqUvzIVOjCtRPCUjBY7hXCF
G+tfx1lfk1m8wWgzw265RrzBgYtbqo93QiVRRAlvr9jjdh0jVzIo6WpC
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUYWma7MeEPK1x1VTcZiX4cM2kYnAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTIxNTA0NFoYDzIxMjYxMDI4
MjE1MDQ0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAR2EZjkVLqUvzIVOjCtRPCUjBY7hXCFG+tfx1lfk1m8wWgzw265RrzB
gYtbqo93QiVRRAlvr9jjdh0jVzIo6WpCo28wbTAdBgNVHQ4EFgQUl1vdhpelhgDb
CuhiEz0jaz3PR7wwHwYDVR0jBBgwFoAUl1vdhpelhgDbCuhiEz0jaz3PR7wwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgWhvISNsfgcWOOEuJYA8hTrBaTGkWBm/AOvoF/WbbCAoCIQCG
hXztMu/Har/GYtrCKex/kimRRNOaiA0wD/E6jd5VZQ==
-----END CERTIFICATE-----`,
};
