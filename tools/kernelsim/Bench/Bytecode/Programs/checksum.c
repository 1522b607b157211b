// Loads in a row: the Internet checksum of the memory, whose length is even.

#include <stdint.h>

uint64_t checksum(const uint16_t *memory, uint64_t length)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < length / 2; i++)
    {
        sum += memory[i];
    }

    sum = (sum & 0xFFFF) + (sum >> 16);
    sum = (sum & 0xFFFF) + (sum >> 16);
    return sum ^ 0xFFFF;
}
