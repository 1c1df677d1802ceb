// libcrypto's digests: the EVP interface, nothing else of OpenSSL.
#ifndef FILMROOM_CCRYPTO_H
#define FILMROOM_CCRYPTO_H
#include <openssl/evp.h>
#endif
