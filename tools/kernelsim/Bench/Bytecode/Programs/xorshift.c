// A loop of arithmetic: Marsaglia's xorshift64. The memory has the seed.

#include <stdint.h>

#define ROUNDS 4096

uint64_t xorshift(const uint64_t *memory, uint64_t length)
{
    uint64_t x = memory[0];
    for (uint64_t round = 0; round < ROUNDS; round++)
    {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }

    return x;
}
