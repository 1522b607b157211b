// Loads and stores on the stack: sorts 20 numbers, and returns a sum that depends on their order.

#include <stdint.h>

#define COUNT 20

uint64_t bubble_sort(const uint32_t *memory, uint64_t length)
{
    volatile uint32_t numbers[COUNT];
    for (uint64_t i = 0; i < COUNT; i++)
    {
        numbers[i] = memory[i];
    }

    for (uint64_t end = COUNT; end > 1; end--)
    {
        for (uint64_t i = 1; i < end; i++)
        {
            uint32_t before = numbers[i - 1];
            uint32_t after = numbers[i];
            if (before > after)
            {
                numbers[i - 1] = after;
                numbers[i] = before;
            }
        }
    }

    uint64_t sum = 0;
    for (uint64_t i = 0; i < COUNT; i++)
    {
        sum = sum * 31 + numbers[i];
    }

    return sum;
}
