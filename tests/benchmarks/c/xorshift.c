// A loop of arithmetic: Marsaglia's xorshift64. The memory has the seed and the number of rounds.

#include <stdint.h>

uint64_t xorshift(const uint64_t *memory, uint64_t length)
{
    uint64_t x = memory[0];
    for (uint64_t rounds = memory[1]; rounds != 0; rounds--)
    {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }

    return x;
}
