// Divisions and branches: the number of primes below a limit, by trial division.

#include <stdint.h>

#define LIMIT 1000

uint64_t primes(const uint64_t *memory, uint64_t length)
{
    uint64_t count = 0;
    for (uint64_t candidate = 2; candidate < LIMIT; candidate++)
    {
        uint64_t divisor = 2;
        while (divisor * divisor <= candidate && candidate % divisor != 0)
        {
            divisor++;
        }

        count += divisor * divisor > candidate;
    }

    return count;
}
