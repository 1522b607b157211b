// Short loads, comparisons and byte swaps: adds up the lengths of the UDP and TCP packets in the memory, weighted by port. Each
// packet has 64 bytes.

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
    for (const uint8_t *packet = memory; packet + PACKET <= memory + length; packet += PACKET)
    {
        const uint8_t *ip = packet + ETHERNET;
        if (big_endian(packet + 12) != 0x0800 || (ip[0] >> 4) != 4 || (ip[9] != 6 && ip[9] != 17))
        {
            continue;
        }

        const uint8_t *transport = ip + (ip[0] & 15) * 4;
        if (transport + 4 <= packet + PACKET)
        {
            sum += (uint64_t)big_endian(ip + 2) * big_endian(transport + 2);
        }
    }

    return sum;
}
