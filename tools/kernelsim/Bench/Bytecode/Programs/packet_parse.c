// Short loads, comparisons and byte swaps: adds up the lengths of the UDP and TCP packets in the memory, weighted by port. Each
// packet has 64 bytes. Bounds are compared as numbers, not as addresses: the verifier of a real kernel follows those.

#include <stdint.h>

#define PACKET 64
#define ETHERNET 14

static uint16_t big_endian(const uint8_t *bytes)
{
    return __builtin_bswap16(*(const uint16_t *)bytes);
}

uint64_t packet_parse(const uint8_t *memory, uint64_t length)
{
    uint64_t sum = 0;
    for (uint64_t start = 0; start + PACKET <= length; start += PACKET)
    {
        const uint8_t *packet = memory + start;
        const uint8_t *ip = packet + ETHERNET;
        if (big_endian(packet + 12) != 0x0800 || (ip[0] >> 4) != 4 || (ip[9] != 6 && ip[9] != 17))
        {
            continue;
        }

        // The compiler must compare the number that becomes part of the address, not one that it comes from.
        uint64_t transport = ETHERNET + (ip[0] & 15) * 4;
        __asm__ volatile("" : "+r"(transport));
        if (transport <= PACKET - 4)
        {
            sum += (uint64_t)big_endian(ip + 2) * big_endian(packet + transport + 2);
        }
    }

    return sum;
}
