using System.Buffers.Binary;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Tests.Ke.Recorder;

/// <summary>Rings as a debugger reads them: bytes from a dump, which may be anything.</summary>
public class FlightLogTests
{
    private const int Slots = 16;
    private const int SlotBytes = 64;
    private const ulong OutsideRequest = 1UL << 63;

    [Fact]
    public void Bytes_of_a_ring_become_the_records_in_it()
    {
        byte[] ring = Ring(claimed: 3);
        Write(ring, position: 0, request: 7, first: 70);
        Write(ring, position: 1, request: 7, first: 71);
        Write(ring, position: 2, request: 9, first: 90);
        Assert.Equal([70, 71, 90], Read([ring]).Select(e => e.Numbers[0]));
    }

    [Fact]
    public void Slots_that_are_claimed_and_not_written_or_from_the_round_before_are_no_records()
    {
        byte[] ring = Ring(claimed: Slots + 4);
        for (int position = 0; position < Slots; position++)
        {
            Write(ring, position, request: 1, first: position);
        }

        Write(ring, Slots + 1, request: 2, first: 100);
        Assert.Equal([.. Enumerable.Range(4, Slots - 4).Select(n => (long)n), 100], Read([ring]).Select(e => e.Numbers[0]));
    }

    [Fact]
    public void Rings_are_merged_by_request_and_each_keeps_its_order()
    {
        byte[] left = Ring(claimed: 3);
        Write(left, 0, request: 1, first: 10);
        Write(left, 1, request: 0, first: 11);
        Write(left, 2, request: 5, first: 15);
        byte[] right = Ring(claimed: 3);
        Write(right, 0, request: 2, first: 20);
        Write(right, 1, request: 1, first: 21);
        Write(right, 2, request: 4, first: 24);
        Assert.Equal([10, 11, 20, 21, 24, 15], Read([left, right]).Select(e => e.Numbers[0]));
        Assert.Equal([24, 15], Read([left, right], count: 2).Select(e => e.Numbers[0]));
    }

    [Fact]
    public void A_record_outside_a_request_has_the_time_of_the_newest_request()
    {
        byte[] quiet = Ring(claimed: 2);
        Write(quiet, 0, request: 1, first: 10);
        Write(quiet, 1, request: OutsideRequest | 4, first: 11);
        byte[] busy = Ring(claimed: 3);
        Write(busy, 0, request: 2, first: 20);
        Write(busy, 1, request: 4, first: 24);
        Write(busy, 2, request: 5, first: 25);

        IReadOnlyList<FlightEntry> records = Read([quiet, busy]);

        Assert.Equal([10, 20, 24, 11, 25], records.Select(e => e.Numbers[0]));
        Assert.Equal([1ul, 2, 4, 0, 5], records.Select(e => e.Request));
    }

    [Theory]
    [InlineData(0, 0x12345678u, "signature 0x12345678 given, expected 0x52444352: not a ring of the flight recorder")]
    [InlineData(4, 0x00400002u, "version 2 of the flight recorder given, expected 1")]
    [InlineData(4, 0x00480001u, "records of 72 bytes given, expected 64")]
    [InlineData(8, 17u, "17 slots given, expected a power of two that fits 1024 bytes")]
    [InlineData(8, 32u, "32 slots given, expected a power of two that fits 1024 bytes")]
    [InlineData(8, 0x80000000u, "-2147483648 slots given, expected a power of two that fits 1024 bytes")]
    [InlineData(36, 0x80000000u, "-9223372036854775805 claimed positions given, expected at least 0")]
    public void Bytes_that_are_no_ring_are_named(int offset, uint value, string problem)
    {
        byte[] ring = Ring(claimed: 3);
        BinaryPrimitives.WriteUInt32LittleEndian(ring.AsSpan(offset), value);
        Assert.Empty(FlightLog.Read([ring], 100, [], out IReadOnlyList<string> problems));
        Assert.Equal(problem, Assert.Single(problems));
    }

    [Fact]
    public void A_ring_cut_off_is_named_and_the_others_are_read()
    {
        byte[] good = Ring(claimed: 1);
        Write(good, 0, request: 1, first: 1);
        Assert.Single(FlightLog.Read([new byte[10], good], 100, [], out IReadOnlyList<string> problems));
        Assert.Equal("10 bytes given, expected at least 64: a ring's header", Assert.Single(problems));
    }

    [Fact]
    public void Random_slots_are_read_without_harm()
    {
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            byte[] ring = Ring(claimed: Slots);
            random.NextBytes(ring.AsSpan(SlotBytes));
            for (int position = 0; position < Slots; position++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(Slot(ring, position), position + 1);
                BinaryPrimitives.WriteUInt16LittleEndian(Slot(ring, position)[16..], (ushort)random.Next(70));
            }

            Assert.All(Read([ring]), e => Assert.NotEmpty(e.Text));
        }
    }

    private static IReadOnlyList<FlightEntry> Read(ReadOnlyMemory<byte>[] rings, int count = 100)
    {
        IReadOnlyList<FlightEntry> entries = FlightLog.Read(rings, count, [], out IReadOnlyList<string> problems);
        Assert.Empty(problems);
        return entries;
    }

    private static byte[] Ring(long claimed)
    {
        byte[] ring = new byte[SlotBytes + (Slots * SlotBytes)];
        "RCDR"u8.CopyTo(ring);
        BinaryPrimitives.WriteUInt16LittleEndian(ring.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(ring.AsSpan(6), SlotBytes);
        BinaryPrimitives.WriteInt32LittleEndian(ring.AsSpan(8), Slots);
        BinaryPrimitives.WriteInt64LittleEndian(ring.AsSpan(32), claimed);
        return ring;
    }

    private static Span<byte> Slot(byte[] ring, long position) =>
        ring.AsSpan(SlotBytes + ((int)(position % Slots) * SlotBytes), SlotBytes);

    private static void Write(byte[] ring, long position, ulong request, long first)
    {
        Span<byte> slot = Slot(ring, position);
        BinaryPrimitives.WriteInt64LittleEndian(slot, position + 1);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[8..], request);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[16..], (ushort)FlightKind.FirstOfDrivers);
        BinaryPrimitives.WriteInt64LittleEndian(slot[32..], first);
    }
}
