/* CRC-32C (Castagnoli; RFC 3720, 12.1), to tell a damaged file. */
#ifndef BASE_CRC32C_H
#define BASE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc32c(const void *, size_t);

#endif
